package dev.candles.sources.source;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * How the venue answered when its catalogue was asked for: from the enumerator to a reader, which
 * has it counted for the venue's health. Without a catalogue there is no connection that could
 * fail.
 *
 * @param error why it cannot be had; empty if it can
 */
public record CatalogueAnswer(String error) implements SourceEvent {
  private static final long serialVersionUID = 1;
}
