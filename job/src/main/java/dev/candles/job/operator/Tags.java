package dev.candles.job.operator;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** Side outputs with their types spelled out. */
public final class Tags {
  private Tags() {}

  /** A side output of {@code type}. */
  public static <T> OutputTag<T> of(String name, Class<T> type) {
    return new OutputTag<>(name, TypeInformation.of(type));
  }
}
