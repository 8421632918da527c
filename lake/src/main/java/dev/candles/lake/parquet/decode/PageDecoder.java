package dev.candles.lake.parquet.decode;

import static dev.candles.lake.parquet.decode.UnfamiliarException.require;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Decodes the unpacked pages of one column of one row group, in their order. */
final class PageDecoder {
  private static final int MAX_WIDTH = 16;
  private static final String[] NO_DICTIONARY = {};

  private final ColumnSpec column;
  private final int rows;
  private final long[] longs;
  private final double[] doubles;
  private final String[] strings;
  private boolean @Nullable [] nulls;
  private String[] dictionary = NO_DICTIONARY;
  private int[] scratch = {};
  private int row;

  PageDecoder(ColumnSpec column, int rows) {
    this.column = column;
    this.rows = rows;
    boolean text = column.type() == ColumnType.STRING;
    boolean real = column.type() == ColumnType.DOUBLE;
    longs = new long[text || real ? 0 : rows];
    doubles = new double[real ? rows : 0];
    strings = new String[text ? rows : 0];
  }

  /** All of them; to be asked for when every page has been taken in. */
  ColumnValues values() {
    return switch (column.type()) {
      case STRING -> ColumnValues.ofStrings(column.name(), strings, nulls);
      case DOUBLE -> ColumnValues.ofDoubles(column.name(), doubles, nulls);
      default -> ColumnValues.ofLongs(column.name(), longs, nulls);
    };
  }

  /** Takes in a page of entries. */
  void dictionary(byte[] plain, int entries) throws UnfamiliarException {
    require(column.type() == ColumnType.STRING, "dictionary of numbers");
    require(entries <= plain.length / Integer.BYTES, "entries of a dictionary");
    dictionary = new String[entries];
    texts(plain, 0, dictionary, 0, entries);
  }

  /** Takes in a page of values, nulls among them. */
  void data(byte[] plain, int count, int encoding) throws UnfamiliarException {
    require(count <= rows - row, "values of a page");
    int at = 0;
    int present = count;
    if (!column.isRequired()) {
      require(plain.length >= Integer.BYTES, "levels of a page");
      int bytes = Little.intAt(plain, 0);
      at = Integer.BYTES;
      require(bytes >= 0 && bytes <= plain.length - at, "levels of a page");
      Hybrid.decode(plain, at, at + bytes, 1, count, scratch(count));
      at += bytes;
      present = nulls(count);
    }
    if (encoding == PageHeader.PLAIN) {
      plain(plain, at, present);
    } else {
      entries(plain, at, present);
    }
    if (present < count) {
      spread(count, present);
    }
    row += count;
  }

  private int[] scratch(int size) {
    if (scratch.length < size) {
      scratch = new int[size];
    }
    return scratch;
  }

  /** Notes the rows without a value; how many have one. */
  private int nulls(int count) {
    int present = 0;
    for (int i = 0; i < count; i++) {
      present += scratch[i];
    }
    if (present < count) {
      boolean[] all = nulls == null ? new boolean[rows] : nulls;
      for (int i = 0; i < count; i++) {
        all[row + i] = scratch[i] == 0;
      }
      nulls = all;
    }
    return present;
  }

  /** Decodes values one beside the other, from the page's first row on. */
  private void plain(byte[] plain, int at, int present) throws UnfamiliarException {
    switch (column.type()) {
      case INT64 -> {
        width(plain, at, present, Long.BYTES);
        Little.from(plain, at).asLongBuffer().get(longs, row, present);
      }
      case DOUBLE -> {
        width(plain, at, present, Double.BYTES);
        Little.from(plain, at).asDoubleBuffer().get(doubles, row, present);
      }
      case INT32 -> {
        width(plain, at, present, Integer.BYTES);
        for (int i = 0; i < present; i++) {
          longs[row + i] = Little.intAt(plain, at + i * Integer.BYTES);
        }
      }
      case BOOLEAN -> {
        require(plain.length - at == (present + Byte.SIZE - 1) / Byte.SIZE, "length of a page");
        for (int i = 0; i < present; i++) {
          longs[row + i] = (plain[at + i / Byte.SIZE] >>> (i % Byte.SIZE)) & 1L;
        }
      }
      case STRING -> texts(plain, at, strings, row, present);
    }
  }

  private static void width(byte[] plain, int at, int present, int each)
      throws UnfamiliarException {
    require(plain.length - at == (long) present * each, "length of a page");
  }

  private void entries(byte[] plain, int at, int present) throws UnfamiliarException {
    require(column.type() == ColumnType.STRING, "dictionary of numbers");
    if (at == plain.length) {
      require(present == 0, "values of a page");
      return;
    }
    int width = plain[at];
    require(width >= 0 && width <= MAX_WIDTH, "width of a page");
    int[] numbers = new int[present];
    Hybrid.decode(plain, at + 1, plain.length, width, present, numbers);
    for (int i = 0; i < present; i++) {
      require(numbers[i] < dictionary.length, "number of an entry");
      strings[row + i] = dictionary[numbers[i]];
    }
  }

  /** Texts to the end of the page; equal neighbours are one object. */
  private static void texts(byte[] plain, int start, String[] into, int from, int count)
      throws UnfamiliarException {
    int at = start;
    int before = start;
    for (int i = 0; i < count; i++) {
      require(plain.length - at >= Integer.BYTES, "length of a text");
      int length = Little.intAt(plain, at);
      int begin = at + Integer.BYTES;
      require(length >= 0 && length <= plain.length - begin, "length of a text");
      int end = begin + length;
      boolean same = i > 0 && Arrays.equals(plain, before, at, plain, at, end);
      into[from + i] = same ? into[from + i - 1] : ascii(plain, begin, length);
      before = at;
      at = end;
    }
    require(at == plain.length, "bytes behind the texts");
  }

  /** Of other text, decoders may differ in what they make of a wrong byte. */
  private static String ascii(byte[] plain, int start, int length) throws UnfamiliarException {
    for (int i = start; i < start + length; i++) {
      require(plain[i] >= 0, "text that is not ASCII");
    }
    return new String(plain, start, length, StandardCharsets.US_ASCII);
  }

  /** Moves values to their rows; what is left in a row without one is not looked at. */
  private void spread(int count, int present) {
    int from = row + present;
    for (int to = row + count - 1; to >= row; to--) {
      if (scratch[to - row] != 0) {
        from--;
        move(from, to);
      }
    }
  }

  private void move(int from, int to) {
    switch (column.type()) {
      case STRING -> strings[to] = strings[from];
      case DOUBLE -> doubles[to] = doubles[from];
      default -> longs[to] = longs[from];
    }
  }
}
