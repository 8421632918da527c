package dev.candles.cli.account;

import java.util.ArrayList;
import java.util.List;

/** Lines up rows of text. Pure. */
public final class Columns {
  private Columns() {}

  /**
   * The rows with their columns padded to the widest cell.
   *
   * @param rightAligned numbers of the columns that are padded on the left
   */
  public static List<String> align(List<List<String>> rows, List<Integer> rightAligned) {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int width = row.get(i).length();
        if (i == widths.size()) {
          widths.add(width);
        }
        widths.set(i, Math.max(widths.get(i), width));
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String padding = " ".repeat(widths.get(i) - row.get(i).length());
        line.append(i == 0 ? "" : "  ")
            .append(rightAligned.contains(i) ? padding + row.get(i) : row.get(i) + padding);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
