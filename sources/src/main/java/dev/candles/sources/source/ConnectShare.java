package dev.candles.sources.source;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * From the enumerator to a reader: it shares the venue's pace of connecting with others, because an
 * address is what the venue counts by, and readers may sit behind one.
 *
 * @param place which of them it is, from 0
 * @param readers how many readers have connections of the venue
 */
public record ConnectShare(int place, int readers) implements SourceEvent {
  private static final long serialVersionUID = 1;
}
