package dev.candles.lake.parquet;

import java.io.ByteArrayInputStream;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.protocol.TField;
import shaded.parquet.org.apache.thrift.protocol.TList;
import shaded.parquet.org.apache.thrift.protocol.TMap;
import shaded.parquet.org.apache.thrift.protocol.TProtocolException;
import shaded.parquet.org.apache.thrift.protocol.TStruct;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;
import shaded.parquet.org.apache.thrift.transport.TTransportException;

/**
 * Thrift's compact protocol as the library reads it, so that both see the same, with bounds: no
 * list has more elements than there are bytes left, no text is longer than the whole, and the
 * number of fields and elements has an end, as their nesting has.
 */
final class BoundedProtocol extends TCompactProtocol {
  /** A footer of the format nests half as deep. */
  static final int MAX_DEPTH = 16;

  private static final long NO_LIMIT = -1;

  private final ByteArrayInputStream in;
  private int itemsLeft;
  private int depth;

  /**
   * Reads from where {@code in} stands.
   *
   * @param maxItems more fields and elements are not believed
   */
  BoundedProtocol(ByteArrayInputStream in, int maxItems) throws TTransportException {
    super(new TIOStreamTransport(in), in.available(), NO_LIMIT);
    this.in = in;
    this.itemsLeft = maxItems;
  }

  /** How many more fields and elements are believed. */
  int itemsLeft() {
    return itemsLeft;
  }

  @Override
  public TStruct readStructBegin() throws TException {
    enter(0);
    return super.readStructBegin();
  }

  @Override
  public void readStructEnd() throws TException {
    depth--;
    super.readStructEnd();
  }

  @Override
  public TField readFieldBegin() throws TException {
    take(1);
    return super.readFieldBegin();
  }

  /** A set begins as a list does, by this very method. */
  @Override
  public TList readListBegin() throws TException {
    TList list = super.readListBegin();
    enter(list.size);
    return list;
  }

  @Override
  public void readListEnd() throws TException {
    depth--;
    super.readListEnd();
  }

  @Override
  public void readSetEnd() throws TException {
    depth--;
    super.readSetEnd();
  }

  @Override
  public TMap readMapBegin() throws TException {
    TMap map = super.readMapBegin();
    enter(map.size);
    return map;
  }

  @Override
  public void readMapEnd() throws TException {
    depth--;
    super.readMapEnd();
  }

  private void enter(int elements) throws TProtocolException {
    if (++depth > MAX_DEPTH) {
      throw new TProtocolException(
          TProtocolException.DEPTH_LIMIT, "nested too deep: max=" + MAX_DEPTH);
    }
    if (elements > in.available()) {
      throw new TProtocolException(
          TProtocolException.SIZE_LIMIT,
          "more elements than bytes: elements=" + elements + ", bytes=" + in.available());
    }
    take(elements);
  }

  private void take(int items) throws TProtocolException {
    itemsLeft -= items;
    if (itemsLeft < 0) {
      throw new TProtocolException(
          TProtocolException.SIZE_LIMIT, "more fields and elements than are read");
    }
  }
}
