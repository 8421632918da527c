package dev.candles.job.config;

import dev.candles.core.candle.Meant;
import dev.candles.core.proof.Silence;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueProfile.Budget;
import dev.candles.sources.venue.VenueProfile.Limits;
import dev.candles.sources.venue.VenueProfile.Proofs;
import dev.candles.sources.venue.VenueProfile.TradeWaits;
import dev.candles.sources.venue.VenueProfile.Waits;
import dev.candles.sources.venue.VenueSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the list of venues: each a name, or a name with overrides of the venue's profile. */
final class VenueParser {
  private static final List<String> KEYS =
      List.of("name", "key", "symbols", "ws_url", "rest_url", "settle", "audit", "limits");
  private static final List<String> LIMITS =
      List.of(
          "close_grace",
          "trade_grace",
          "trade_patience",
          "trade_hole",
          "silence_proof",
          "first_trade_id",
          "markets_per_connection",
          "connect_interval",
          "message_interval",
          "silence",
          "ping_after",
          "pong_within",
          "max_frame_bytes");
  private static final Pattern BUDGET = Pattern.compile("(\\d{1,6})/(\\d{1,9}(?:ms|s|m|h|d))");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Map<String, VenueProfile> profiles;
  private final Problems problems;

  VenueParser(Map<String, VenueProfile> profiles, Problems problems) {
    this.profiles = profiles;
    this.problems = problems;
  }

  /** The venues that could be read; those without symbols of their own get {@code symbols}. */
  List<VenueSettings> venues(List<Node> nodes, List<String> symbols) {
    Set<String> seen = new HashSet<>();
    List<VenueSettings> venues = new ArrayList<>();
    for (Node node : nodes) {
      Optional<VenueSettings> venue =
          node instanceof ScalarNode ? named(node, symbols) : detailed(node, symbols);
      if (venue.isPresent() && !seen.add(venue.get().name())) {
        problems.add(Problems.line(node), "venues: '" + venue.get().name() + "' given twice");
      } else {
        venue.ifPresent(venues::add);
      }
    }
    return venues;
  }

  /** The symbols under {@code section}'s key {@code symbols}, checked by their alphabet. */
  static Optional<List<String>> symbols(Section section, Problems problems) {
    String form = "symbols like BTC-USDT";
    return WordList.read(
        section,
        problems,
        "symbols",
        form,
        (node, word) -> {
          if (!Meant.isSymbol(word)) {
            String expected = "a symbol like BTC-USDT" + Meant.symbol(word);
            problems.value(node, section.path("symbols"), word, expected);
            return Optional.empty();
          }
          return Optional.of(word);
        });
  }

  private Optional<VenueSettings> named(Node node, List<String> symbols) {
    return Section.scalar(node, "venues", "a venue's name", problems)
        .flatMap(name -> profile(node, name))
        .flatMap(profile -> withSymbols(profile, symbols, node));
  }

  private Optional<VenueProfile> profile(Node node, String name) {
    VenueProfile profile = profiles.get(name);
    if (profile == null) {
      problems.unknown(node, "venues", "venue", name, profiles.keySet());
    }
    return Optional.ofNullable(profile);
  }

  private Optional<VenueSettings> withSymbols(
      VenueProfile profile, List<String> symbols, Node node) {
    if (symbols.isEmpty()) {
      problems.add(
          Problems.line(node),
          "venues: '" + profile.name() + "' has no symbols, here or at the top");
      return Optional.empty();
    }
    return Optional.of(new VenueSettings(profile, symbols));
  }

  private Optional<VenueSettings> detailed(Node node, List<String> symbols) {
    Section section = Section.of(node, "venues", KEYS, problems);
    Optional<VenueProfile> profile = name(section, node);
    List<String> own = symbols(section, problems).orElse(symbols);
    Optional<URI> webSocket = section.uri("ws_url", "ws", "wss");
    Optional<URI> rest = section.uri("rest_url", "http", "https");
    Optional<Duration> settle = section.duration("settle", Duration.ZERO, HOUR);
    Optional<Duration> audit = section.duration("audit", Duration.ZERO, HOUR);
    if (profile.isEmpty()) {
      return Optional.empty(); // limits are those of a venue; the others have been checked
    }
    VenueProfile base = profile.get();
    Section limits = limits(section, base);
    VenueProfile overridden =
        new VenueProfile(
            base.name(),
            address(webSocket, base.webSocket()),
            address(rest, base.rest()),
            new Waits(
                limits.duration("close_grace", Duration.ZERO, HOUR).orElse(base.waits().close()),
                settle.orElse(base.waits().settle()),
                audit.orElse(base.waits().audit()),
                tradeWaits(limits, base.waits().trades())),
            base.finality(),
            proofs(limits, base.proofs()),
            base.pageRows(),
            budgets(limits, base.budgets()),
            limits(limits, base.limits()));
    return section.node("symbols").isPresent() && own.isEmpty()
        ? Optional.empty() // every one of its symbols was wrong, which has been said
        : withSymbols(overridden, own, node);
  }

  private static TradeWaits tradeWaits(Section limits, TradeWaits base) {
    return new TradeWaits(
        limits.duration("trade_grace", Duration.ZERO, MINUTE).orElse(base.grace()),
        limits.duration("trade_patience", Duration.ZERO, MINUTE).orElse(base.patience()),
        limits.duration("trade_hole", Duration.ZERO, MINUTE).orElse(base.hole()));
  }

  private static Proofs proofs(Section limits, Proofs base) {
    String known =
        Arrays.stream(Silence.values())
            .map(silence -> silence.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    Optional<String> text = limits.scalar("silence_proof", known);
    Optional<Silence> silence =
        limits.checked(
            "silence_proof",
            text,
            text.flatMap(
                word ->
                    Arrays.stream(Silence.values())
                        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
                        .findFirst()),
            known);
    return new Proofs(
        silence.orElse(base.silence()),
        limits.whole("first_trade_id", 0, Long.MAX_VALUE / 2).orElse(base.firstTradeId()));
  }

  /** The configured address; if it has no path, with the path of the venue's own. */
  private static URI address(Optional<URI> configured, URI own) {
    return configured
        .map(
            uri ->
                uri.getPath().isEmpty() && uri.getQuery() == null
                    ? uri.resolve(own.getPath())
                    : uri)
        .orElse(own);
  }

  private Optional<VenueProfile> name(Section section, Node node) {
    String key = section.node("name").isPresent() ? "name" : "key";
    if (section.node("name").isPresent() == section.node("key").isPresent()) {
      problems.add(section.line(), "venues: expected one of the keys name and key");
      return Optional.empty();
    }
    return section.text(key).flatMap(name -> profile(section.node(key).orElse(node), name));
  }

  private Section limits(Section venue, VenueProfile profile) {
    List<String> known = new ArrayList<>(LIMITS);
    profile.budgets().keySet().stream().sorted().forEach(known::add);
    return venue
        .node("limits")
        .map(node -> Section.of(node, "venues.limits", known, problems))
        .orElseGet(Section::none);
  }

  private Map<String, Budget> budgets(Section section, Map<String, Budget> base) {
    Map<String, Budget> budgets = new HashMap<>();
    base.forEach((name, budget) -> budgets.put(name, budget(section, name, budget).orElse(budget)));
    return Map.copyOf(budgets);
  }

  private static Optional<Budget> budget(Section section, String name, Budget base) {
    String expected =
        "requests per duration, like " + base.requests() + "/" + Durations.text(base.window());
    Optional<String> text = section.scalar(name, expected);
    return section.checked(name, text, text.flatMap(t -> budget(t, base)), expected);
  }

  private static Optional<Budget> budget(String text, Budget base) {
    Matcher matcher = BUDGET.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int requests = Integer.parseInt(matcher.group(1));
    return Durations.parse(matcher.group(2))
        .filter(
            window -> requests > 0 && !window.isZero() && window.compareTo(Duration.ofDays(1)) <= 0)
        .map(window -> new Budget(requests, window, base.penalty()));
  }

  private Limits limits(Section section, Limits base) {
    return new Limits(
        section
            .whole("markets_per_connection", 1, 1_000)
            .orElse((long) base.marketsPerConnection())
            .intValue(),
        section.duration("connect_interval", Duration.ZERO, HOUR).orElse(base.connectInterval()),
        section.duration("message_interval", Duration.ZERO, HOUR).orElse(base.messageInterval()),
        section.duration("silence", Duration.ofSeconds(1), HOUR).orElse(base.silence()),
        section.duration("ping_after", Duration.ZERO, HOUR).orElse(base.pingAfter()),
        section.duration("pong_within", Duration.ofSeconds(1), HOUR).orElse(base.pongWithin()),
        base.ping(),
        section
            .whole("max_frame_bytes", 1_024, 64L << 20)
            .orElse((long) base.maxFrameBytes())
            .intValue());
  }
}
