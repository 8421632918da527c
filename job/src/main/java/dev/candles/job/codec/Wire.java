package dev.candles.job.codec;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** How fields are written. Words of an enum go by their names, which stay. */
final class Wire {
  /** What a length claims is believed piece by piece: a garbled one must not cost the memory. */
  private static final int PIECE = 1_024;

  private Wire() {}

  /** At most 65,535 bytes, which is more than any word from outside may have. */
  static void text(String text, DataOutputView out) throws IOException {
    out.writeUTF(text);
  }

  static String text(DataInputView in) throws IOException {
    return in.readUTF();
  }

  static void word(Enum<?> word, DataOutputView out) throws IOException {
    text(word.name(), out);
  }

  static <E extends Enum<E>> E word(Class<E> type, DataInputView in) throws IOException {
    String name = text(in);
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException unknown) {
      throw new UnreadableStateException(
          String.format(Locale.ROOT, "'%s' is no %s", name, type.getSimpleName()));
    }
  }

  static void wordOrNone(@Nullable Enum<?> word, DataOutputView out) throws IOException {
    out.writeBoolean(word != null);
    if (word != null) {
      word(word, out);
    }
  }

  static <E extends Enum<E>> @Nullable E wordOrNone(Class<E> type, DataInputView in)
      throws IOException {
    return in.readBoolean() ? word(type, in) : null;
  }

  static void stream(StreamKey stream, DataOutputView out) throws IOException {
    text(stream.venue(), out);
    text(stream.symbol(), out);
    text(stream.timeframe().label(), out);
  }

  static StreamKey stream(DataInputView in) throws IOException {
    String venue = text(in);
    String symbol = text(in);
    String label = text(in);
    try {
      return new StreamKey(venue, symbol, Timeframe.of(label).orElseThrow());
    } catch (RuntimeException noStream) {
      throw new UnreadableStateException(
          String.format(Locale.ROOT, "'%s/%s/%s' is no stream", venue, symbol, label));
    }
  }

  private static void number(@Nullable Long number, DataOutputView out) throws IOException {
    out.writeBoolean(number != null);
    if (number != null) {
      out.writeLong(number);
    }
  }

  private static @Nullable Long number(DataInputView in) throws IOException {
    return in.readBoolean() ? in.readLong() : null;
  }

  private static void amount(@Nullable Double amount, DataOutputView out) throws IOException {
    out.writeBoolean(amount != null);
    if (amount != null) {
      out.writeDouble(amount);
    }
  }

  private static @Nullable Double amount(DataInputView in) throws IOException {
    return in.readBoolean() ? in.readDouble() : null;
  }

  static void prices(Ohlc prices, DataOutputView out) throws IOException {
    out.writeDouble(prices.open());
    out.writeDouble(prices.high());
    out.writeDouble(prices.low());
    out.writeDouble(prices.close());
  }

  static Ohlc prices(DataInputView in) throws IOException {
    return new Ohlc(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
  }

  static void volumes(Volumes volumes, DataOutputView out) throws IOException {
    out.writeDouble(volumes.base());
    amount(volumes.quote(), out);
    amount(volumes.takerBuy(), out);
  }

  static Volumes volumes(DataInputView in) throws IOException {
    return new Volumes(in.readDouble(), amount(in), amount(in));
  }

  static void trades(TradeRange trades, DataOutputView out) throws IOException {
    number(trades.count(), out);
    number(trades.firstId(), out);
    number(trades.lastId(), out);
  }

  static TradeRange trades(DataInputView in) throws IOException {
    return new TradeRange(number(in), number(in), number(in));
  }

  static void numbers(long[] numbers, DataOutputView out) throws IOException {
    out.writeInt(numbers.length);
    for (long number : numbers) {
      out.writeLong(number);
    }
  }

  static long[] numbers(DataInputView in) throws IOException {
    int length = length(in);
    long[] numbers = new long[Math.min(length, PIECE)];
    for (int i = 0; i < length; i++) {
      if (i == numbers.length) {
        numbers = Arrays.copyOf(numbers, (int) Math.min(length, 2L * i));
      }
      numbers[i] = in.readLong();
    }
    return numbers;
  }

  static void candles(List<Candle> candles, DataOutputView out) throws IOException {
    list(candles, candle -> Codecs.CANDLE.put(candle, out), out);
  }

  static List<Candle> candles(DataInputView in) throws IOException {
    return list(in, () -> Codecs.CANDLE.take(in));
  }

  /** Writes one of a list. */
  interface Writing<T> {
    void write(T value) throws IOException;
  }

  static <T> void list(List<T> values, Writing<T> writing, DataOutputView out) throws IOException {
    out.writeInt(values.size());
    for (T value : values) {
      writing.write(value);
    }
  }

  /** Reads one of a list. */
  interface Reading<T> {
    T read() throws IOException;
  }

  static <T> List<T> list(DataInputView in, Reading<T> reading) throws IOException {
    int length = length(in);
    List<T> values = new ArrayList<>(Math.min(length, PIECE));
    for (int i = 0; i < length; i++) {
      values.add(reading.read());
    }
    return values;
  }

  static void candle(@Nullable Candle candle, DataOutputView out) throws IOException {
    out.writeBoolean(candle != null);
    if (candle != null) {
      Codecs.CANDLE.put(candle, out);
    }
  }

  static @Nullable Candle candle(DataInputView in) throws IOException {
    return in.readBoolean() ? Codecs.CANDLE.take(in) : null;
  }

  private static int length(DataInputView in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new UnreadableStateException("a length is below zero: " + length);
    }
    return length;
  }
}
