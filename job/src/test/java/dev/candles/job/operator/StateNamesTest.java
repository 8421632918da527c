package dev.candles.job.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.repair.RepairPlanner;
import dev.candles.job.codec.Codecs;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.ListSerializer;
import org.apache.flink.api.common.typeutils.base.MapSerializer;
import org.junit.jupiter.api.Test;

/** What a savepoint calls keyed state, and how it holds it: under another name it would be lost. */
class StateNamesTest {
  @Test
  void theFinalizersAreThoseOfEverySavepoint() {
    assertThat(described(KeyedStores::finalizer))
        .containsExactly(
            "VALUE frontier: LongSerializer",
            "VALUE joint: joint v1",
            "MAP passed: LongSerializer to version v1");
  }

  @Test
  void theLedgersAreThoseOfEverySavepoint() {
    assertThat(described(KeyedStores::ledger))
        .containsExactly(
            "MAP days: LongSerializer to LongPrimitiveArraySerializer",
            "MAP versions: LongSerializer to version v1",
            "LIST parked: ledger v1",
            "VALUE seq: LongSerializer",
            "VALUE accounted: LongSerializer",
            "VALUE missing: LongPrimitiveArraySerializer");
  }

  @Test
  void theHealthsIsThatOfEverySavepoint() {
    assertThat(described(KeyedStores::health))
        .containsExactly("VALUE health: BytePrimitiveArraySerializer");
  }

  @Test
  void theRollupsAreThoseOfEverySavepoint() {
    assertThat(described(KeyedStores::rollup))
        .containsExactly(
            "MAP parts: LongSerializer to candle v1",
            "MAP known: LongSerializer to LongPrimitiveArraySerializer",
            "MAP late: LongSerializer to candle v1",
            "MAP awaited: LongSerializer to LongSerializer",
            "LIST parked: rollup v1");
  }

  @Test
  void theBackfillsAreThoseOfEverySavepoint() {
    assertThat(RepairPlanner.STORED)
        .extracting(kind -> kind.name() + ": " + Codecs.of(kind.type()).serializer())
        .containsExactly(
            "gaps: gap v2",
            "rechecks: recheck v1",
            "spans: span v1",
            "confirmations: confirmation v1");
  }

  /** The states that somebody asks Flink for, in the order asked. */
  private static List<String> described(Consumer<RuntimeContext> asking) {
    List<String> asked = new ArrayList<>();
    Object context =
        Proxy.newProxyInstance(
            StateNamesTest.class.getClassLoader(),
            new Class<?>[] {RuntimeContext.class},
            (proxy, method, arguments) -> {
              asked.add(described((StateDescriptor<?, ?>) arguments[0]));
              return null;
            });
    asking.accept((RuntimeContext) context);
    return asked;
  }

  private static String described(StateDescriptor<?, ?> state) {
    state.initializeSerializerUnlessSet(new ExecutionConfig());
    return state.getType() + " " + state.getName() + ": " + described(state.getSerializer());
  }

  private static String described(TypeSerializer<?> serializer) {
    if (serializer instanceof MapSerializer<?, ?> map) {
      return described(map.getKeySerializer()) + " to " + described(map.getValueSerializer());
    }
    if (serializer instanceof ListSerializer<?> list) {
      return described(list.getElementSerializer());
    }
    String simple = serializer.getClass().getSimpleName();
    return simple.equals("CodecSerializer") ? serializer.toString() : simple;
  }
}
