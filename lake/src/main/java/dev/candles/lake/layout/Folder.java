package dev.candles.lake.layout;

/** The folders of the lake that hold data. */
public enum Folder {
  /** First versions of candles: each key once. */
  CANDLES("candles"),
  /** The change log of the state of every interval. */
  COVERAGE("coverage"),
  /** Later versions of candles. */
  REVISIONS("revisions"),
  /** What was not believed. */
  REJECTS("rejects");

  private final String label;

  Folder(String label) {
    this.label = label;
  }

  /** The folder's name below the root of the lake. */
  public String label() {
    return label;
  }
}
