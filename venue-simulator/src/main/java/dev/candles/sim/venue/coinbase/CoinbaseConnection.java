package dev.candles.sim.venue.coinbase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.venue.ClientSink;
import dev.candles.sim.venue.RateWindow;
import dev.candles.sim.venue.Session;
import dev.candles.sim.venue.SimMarket;
import dev.candles.text.Cut;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One connection: requests, answers, errors and its products (coinbase.md section 3a). */
final class CoinbaseConnection implements Session {
  static final int NORMAL = 1000;
  private static final ObjectMapper JSON = new ObjectMapper();
  static final String MATCHES = "matches";
  static final String HEARTBEAT = "heartbeat";
  static final String TICKER = "ticker";
  static final String TICKER_BATCH = "ticker_batch";
  private static final Set<String> PRIVATE = Set.of("level2", "level3", "full", "user");
  private static final long SUBSCRIBE_MS = 5_000;
  private static final int MESSAGES_PER_SECOND = 100;
  private static final int MAX_NAMED = 1_000;
  private static final int MAX_QUOTED = 64;

  private final CoinbaseContext context;
  private final long number;
  private final ClientSink outlet;
  private final long openedMs;
  private final RateWindow messages = new RateWindow(MESSAGES_PER_SECOND, 1_000);
  private final Map<String, CoinbaseProduct> products = new LinkedHashMap<>();
  private final Map<String, Set<String>> subscribed = new LinkedHashMap<>();
  private boolean asked;

  CoinbaseConnection(CoinbaseContext context, long number, ClientSink outlet, long nowMs) {
    this.context = context;
    this.number = number;
    this.outlet = outlet;
    openedMs = nowMs;
    for (String channel : List.of(MATCHES, HEARTBEAT, TICKER, TICKER_BATCH)) {
      subscribed.put(channel, new LinkedHashSet<>());
    }
  }

  @Override
  public void onText(String text, long nowMs) {
    if (!messages.take(nowMs)) {
      outlet.control(SimCoinbaseFrames.error("Rate limit exceeded", ""));
      return;
    }
    Optional<JsonNode> request = parse(text);
    String type = request.map(node -> node.path("type").asText("")).orElse("");
    if (type.equals("subscribe")) {
      subscribe(wanted(request.get()), nowMs);
    } else if (type.equals("unsubscribe")) {
      unsubscribe(wanted(request.get()));
    } else {
      String reason = request.isEmpty() ? "" : "unknown message type";
      outlet.control(
          SimCoinbaseFrames.error(
              request.isEmpty() ? "Malformed JSON" : "Invalid message", reason));
    }
  }

  @Override
  public void onTick(long nowMs) {
    if (!asked && nowMs - openedMs > context.time().patience(SUBSCRIBE_MS)) {
      outlet.close(NORMAL, "");
      return;
    }
    products.values().forEach(product -> product.tick(nowMs));
  }

  @Override
  public void onNotice() {} // never announced

  /** The connection is gone. */
  void leave() {
    products.values().forEach(CoinbaseProduct::stopMatches);
  }

  private void subscribe(Map<String, Set<String>> wanted, long nowMs) {
    if (wanted.isEmpty()) {
      outlet.control(SimCoinbaseFrames.error("Failed to subscribe", "no channels provided"));
      return;
    }
    if (!asked) {
      silence(nowMs);
    }
    asked = true;
    boolean answerFirst = number % 2 == 1; // recordings show both orders
    List<Runnable> starts = new ArrayList<>();
    wanted.forEach((channel, names) -> accept(channel, names, nowMs, starts));
    String answer = SimCoinbaseFrames.subscriptions(subscribed);
    if (answerFirst) {
      outlet.control(answer);
    }
    starts.forEach(Runnable::run);
    if (!answerFirst) {
      outlet.control(answer);
    }
  }

  private void accept(String channel, Set<String> names, long nowMs, List<Runnable> starts) {
    Set<String> held = subscribed.get(channel);
    if (held == null) {
      refuse(channel);
      return;
    }
    List<String> unknown = names.stream().filter(n -> !context.desks().containsKey(n)).toList();
    if (!unknown.isEmpty()) {
      outlet.control(
          SimCoinbaseFrames.error(
              "Failed to subscribe", cut(unknown.get(0)) + " is not a valid product"));
    }
    for (String name : names) {
      SimMarket desk = context.desks().get(name);
      if (desk == null) {
        continue;
      }
      held.add(name);
      CoinbaseProduct product =
          products.computeIfAbsent(name, n -> new CoinbaseProduct(desk, outlet, context.time()));
      starts.add(() -> product.start(channel, nowMs));
    }
  }

  private void refuse(String channel) {
    String reason =
        PRIVATE.contains(channel)
            ? "level2, level3, and full channels now require authentication. Please sign your"
                + " subscribe message."
            : cut(channel) + " is not a valid channel";
    outlet.control(SimCoinbaseFrames.error("Failed to subscribe", reason));
  }

  private void unsubscribe(Map<String, Set<String>> wanted) {
    wanted.forEach(
        (channel, names) -> {
          Set<String> held = subscribed.get(channel);
          if (held == null) {
            return; // nothing of it can be subscribed
          }
          Set<String> gone = names.isEmpty() ? Set.copyOf(held) : names;
          held.removeAll(gone);
          gone.stream()
              .map(products::get)
              .filter(Objects::nonNull)
              .forEach(product -> product.stop(channel));
        });
    outlet.control(SimCoinbaseFrames.subscriptions(subscribed));
  }

  private void silence(long nowMs) {
    context
        .faults()
        .strike(FaultKind.ACK_THEN_SILENCE, SimCoinbase.VENUE, null, number, nowMs)
        .map(Fault::duration)
        .ifPresent(duration -> outlet.silence(nowMs + duration.toMillis()));
  }

  /** Products by channel: named for all channels, or by a channel for itself. */
  private static Map<String, Set<String>> wanted(JsonNode request) {
    Set<String> common = names(request.path("product_ids"));
    Map<String, Set<String>> wanted = new LinkedHashMap<>();
    for (JsonNode channel : request.path("channels")) {
      if (wanted.size() == MAX_NAMED) {
        break;
      }
      String name = channel.isTextual() ? channel.asText() : channel.path("name").asText("");
      Set<String> products = new LinkedHashSet<>(common);
      products.addAll(names(channel.path("product_ids")));
      wanted.computeIfAbsent(name, n -> new LinkedHashSet<>()).addAll(products);
    }
    return wanted;
  }

  private static Set<String> names(JsonNode list) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode name : list) {
      if (names.size() < MAX_NAMED) {
        names.add(name.asText(""));
      }
    }
    return names;
  }

  private static Optional<JsonNode> parse(String text) {
    try {
      return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty(); // answered with an error
    }
  }

  private static String cut(String text) {
    return Cut.to(MAX_QUOTED, text);
  }
}
