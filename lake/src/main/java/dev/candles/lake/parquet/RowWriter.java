package dev.candles.lake.parquet;

import java.util.Objects;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Writes one flat row after the other, fields by their position in the schema. */
final class RowWriter {
  private final RecordConsumer out;
  private final MessageType schema;
  private int field;

  RowWriter(RecordConsumer out, MessageType schema) {
    this.out = out;
    this.schema = schema;
  }

  RowWriter start() {
    field = 0;
    out.startMessage();
    return this;
  }

  RowWriter add(long value) {
    open();
    out.addLong(value);
    return close();
  }

  RowWriter add(int value) {
    open();
    out.addInteger(value);
    return close();
  }

  RowWriter add(double value) {
    open();
    out.addDouble(value);
    return close();
  }

  RowWriter add(boolean value) {
    open();
    out.addBoolean(value);
    return close();
  }

  RowWriter add(String value) {
    open();
    out.addBinary(Binary.fromString(value));
    return close();
  }

  RowWriter addOrNull(@Nullable Long value) {
    return value == null ? skip() : add(value.longValue());
  }

  RowWriter addOrNull(@Nullable Double value) {
    return value == null ? skip() : add(value.doubleValue());
  }

  RowWriter addOrNull(@Nullable String value) {
    return value == null ? skip() : add(value);
  }

  void end() {
    if (field != schema.getFieldCount()) {
      throw new IllegalStateException("fields in row: " + field + " of " + schema.getFieldCount());
    }
    out.endMessage();
  }

  private RowWriter skip() {
    field++;
    return this;
  }

  private void open() {
    out.startField(name(), field);
  }

  private RowWriter close() {
    out.endField(name(), field);
    field++;
    return this;
  }

  private String name() {
    return Objects.requireNonNull(schema.getFieldName(field));
  }
}
