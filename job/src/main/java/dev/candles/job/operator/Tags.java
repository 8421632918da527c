package dev.candles.job.operator;

import dev.candles.job.codec.Codec;
import org.apache.flink.util.OutputTag;

/** Side outputs with their types spelled out. */
public final class Tags {
  private Tags() {}

  /** A side output of what {@code codec} writes. */
  public static <T> OutputTag<T> of(String name, Codec<T> codec) {
    return new OutputTag<>(name, codec.information());
  }
}
