package dev.candles.job.config;

import dev.candles.core.proof.Silence;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueProfile.Budget;
import dev.candles.sources.venue.VenueProfile.Limits;
import dev.candles.sources.venue.VenueProfile.Proofs;
import dev.candles.sources.venue.VenueProfile.TradeWaits;
import dev.candles.text.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code venues[].limits}: what of a venue's profile holds otherwise than it says. */
final class VenueLimits {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  static final Setting<Duration> CLOSE_GRACE = upTo("close_grace", HOUR);
  static final Setting<Duration> TRADE_GRACE = upTo("trade_grace", MINUTE);
  static final Setting<Duration> TRADE_PATIENCE = upTo("trade_patience", MINUTE);
  static final Setting<Duration> TRADE_HOLE = upTo("trade_hole", MINUTE);
  static final Key SILENCE_PROOF = new Key("silence_proof", silences(), Key.OF_VENUE);
  static final Key FIRST_TRADE_ID =
      new Key("first_trade_id", "whole number", "1 (coinbase, kraken)");
  static final Setting<Duration> HISTORY_DEPTH = upTo("history_depth", Duration.ofDays(3_650));
  static final Setting<Integer> MARKETS_PER_CONNECTION =
      Setting.wholeOfVenue("markets_per_connection", 1, 1_000);
  static final Setting<Duration> CONNECT_INTERVAL = upTo("connect_interval", HOUR);
  static final Setting<Duration> MESSAGE_INTERVAL = upTo("message_interval", HOUR);
  static final Setting<Duration> SILENCE = Setting.durationOfVenue("silence", SECOND, HOUR);
  static final Setting<Duration> PING_AFTER = upTo("ping_after", HOUR);
  static final Setting<Duration> PONG_WITHIN = Setting.durationOfVenue("pong_within", SECOND, HOUR);
  static final Setting<Integer> MAX_FRAME_BYTES =
      Setting.wholeOfVenue("max_frame_bytes", 1_024, 64 << 20);

  /** Every key but those of the budgets, which each venue names itself. */
  static final List<Key> KEYS =
      List.of(
          CLOSE_GRACE.key(),
          TRADE_GRACE.key(),
          TRADE_PATIENCE.key(),
          TRADE_HOLE.key(),
          SILENCE_PROOF,
          FIRST_TRADE_ID,
          HISTORY_DEPTH.key(),
          MARKETS_PER_CONNECTION.key(),
          CONNECT_INTERVAL.key(),
          MESSAGE_INTERVAL.key(),
          SILENCE.key(),
          PING_AFTER.key(),
          PONG_WITHIN.key(),
          MAX_FRAME_BYTES.key());

  private static final Pattern BUDGET = Pattern.compile("(\\d{1,6})/(\\d{1,9}(?:ms|s|m|h|d))");
  private static final Pattern UNITLESS = Pattern.compile("([1-9]\\d{0,5})/([1-9]\\d{0,3})");
  private static final Duration LONGEST_WINDOW = Duration.ofDays(1);

  private final Section section;
  private final VenueProfile base;

  private VenueLimits(Section section, VenueProfile base) {
    this.section = section;
    this.base = base;
  }

  private static Setting<Duration> upTo(String name, Duration most) {
    return Setting.durationOfVenue(name, Duration.ZERO, most);
  }

  /**
   * @param node the value of {@code limits}, if there is one
   * @param base what holds without it
   */
  static VenueLimits of(Optional<Node> node, VenueProfile base, Problems problems) {
    List<String> known = new ArrayList<>(Key.names(KEYS));
    base.budgets().keySet().stream().sorted().forEach(known::add);
    return new VenueLimits(
        node.map(limits -> Section.of(limits, "venues.limits", known, problems))
            .orElseGet(Section::none),
        base);
  }

  /** How long after an interval's end its closing word is waited for. */
  Duration closeGrace() {
    return CLOSE_GRACE.in(section, base.waits().close());
  }

  TradeWaits tradeWaits() {
    TradeWaits own = base.waits().trades();
    return new TradeWaits(
        TRADE_GRACE.in(section, own.grace()),
        TRADE_PATIENCE.in(section, own.patience()),
        TRADE_HOLE.in(section, own.hole()));
  }

  Proofs proofs() {
    String key = SILENCE_PROOF.name();
    Optional<String> text = section.scalar(key, silences());
    Optional<Silence> silence =
        section.checked(key, text, text.flatMap(VenueLimits::silence), silences());
    return new Proofs(
        silence.orElse(base.proofs().silence()),
        section
            .whole(FIRST_TRADE_ID.name(), 0, Long.MAX_VALUE / 2)
            .orElse(base.proofs().firstTradeId()),
        HISTORY_DEPTH.in(section, base.proofs().depth()));
  }

  private static Optional<Silence> silence(String word) {
    return Arrays.stream(Silence.values()).filter(one -> word(one).equals(word)).findFirst();
  }

  private static String silences() {
    return Arrays.stream(Silence.values()).map(VenueLimits::word).collect(Collectors.joining(", "));
  }

  private static String word(Silence silence) {
    return silence.name().toLowerCase(Locale.ROOT);
  }

  Map<String, Budget> budgets() {
    Map<String, Budget> budgets = new HashMap<>();
    base.budgets().forEach((name, own) -> budgets.put(name, budget(name, own).orElse(own)));
    return Map.copyOf(budgets);
  }

  private Optional<Budget> budget(String name, Budget own) {
    String expected =
        "requests per duration, like " + own.requests() + "/" + Durations.text(own.window());
    Optional<String> text = section.scalar(name, expected);
    return section.checked(
        name,
        text,
        text.flatMap(t -> parsed(t, own)),
        expected + text.map(VenueLimits::hint).orElse(""));
  }

  private static String hint(String text) {
    Matcher typed = UNITLESS.matcher(text);
    return typed.matches()
        ? Nearest.hint(Optional.of(typed.group(1) + "/" + typed.group(2) + "s"))
        : "";
  }

  private static Optional<Budget> parsed(String text, Budget own) {
    Matcher matcher = BUDGET.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int requests = Integer.parseInt(matcher.group(1));
    return Durations.parse(matcher.group(2))
        .filter(window -> requests > 0 && !window.isZero() && window.compareTo(LONGEST_WINDOW) <= 0)
        .map(window -> new Budget(requests, window, own.penalty()));
  }

  Limits limits() {
    Limits own = base.limits();
    return new Limits(
        MARKETS_PER_CONNECTION.in(section, own.marketsPerConnection()),
        CONNECT_INTERVAL.in(section, own.connectInterval()),
        MESSAGE_INTERVAL.in(section, own.messageInterval()),
        SILENCE.in(section, own.silence()),
        PING_AFTER.in(section, own.pingAfter()),
        PONG_WITHIN.in(section, own.pongWithin()),
        own.ping(),
        MAX_FRAME_BYTES.in(section, own.maxFrameBytes()));
  }
}
