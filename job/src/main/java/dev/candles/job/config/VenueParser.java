package dev.candles.job.config;

import dev.candles.core.candle.Meant;
import dev.candles.core.proof.Silence;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueProfile.Finality;
import dev.candles.sources.venue.VenueProfile.Waits;
import dev.candles.sources.venue.VenueSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the list of venues: each a name, or a name with overrides of the venue's profile. */
final class VenueParser {
  private static final Key NAME = new Key("name", "name", "required in an object");
  private static final Key OTHER_NAME = new Key("key", "name", "required in an object");
  private static final Key SYMBOLS = new Key("symbols", "list", "the top-level symbols");
  private static final Key WEB_SOCKET = new Key("ws_url", "ws:// or wss:// address", Key.OF_VENUE);
  private static final Key REST = new Key("rest_url", "http:// or https:// address", Key.OF_VENUE);
  private static final String REST_FINALITY = "rest";
  private static final Key FINALITY = new Key("finality", REST_FINALITY, Key.OF_VENUE);
  private static final Key LIMITS = new Key("limits", "keys", Key.OF_VENUE);
  private static final Setting<Duration> SETTLE =
      Setting.durationOfVenue("settle", Duration.ZERO, Duration.ofHours(1));
  private static final Setting<Duration> AUDIT =
      Setting.durationOfVenue("audit", Duration.ZERO, Duration.ofHours(1));

  /** Every key of a venue; those of its limits are {@link VenueLimits#KEYS}. */
  static final List<Key> KEYS =
      List.of(
          NAME, OTHER_NAME, SYMBOLS, WEB_SOCKET, REST, FINALITY, SETTLE.key(), AUDIT.key(), LIMITS);

  private final Map<String, VenueProfile> profiles;
  private final Section root;
  private final Problems problems;

  VenueParser(Map<String, VenueProfile> profiles, Section root) {
    this.profiles = profiles;
    this.root = root;
    this.problems = root.problems();
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
  static Optional<List<String>> symbols(Section section) {
    String key = SYMBOLS.name();
    return WordList.read(
        section,
        key,
        "symbols like BTC-USDT",
        (node, word) -> {
          if (!Meant.isSymbol(word)) {
            String expected = "a symbol like BTC-USDT" + Meant.symbol(word);
            section.problems().value(node, section.path(key), word, expected);
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
    if (symbols.isEmpty() && root.node(SYMBOLS.name()).isPresent()) {
      return Optional.empty(); // every one of them was wrong, which has been said
    }
    if (symbols.isEmpty()) {
      problems.add(
          Problems.line(node),
          "venues: '" + profile.name() + "' has no symbols, here or at the top");
      return Optional.empty();
    }
    return Optional.of(new VenueSettings(profile, symbols));
  }

  private Optional<VenueSettings> detailed(Node node, List<String> symbols) {
    Optional<String> colon = nameAsKey(node);
    if (colon.isPresent()) {
      String venue = colon.get();
      problems.add(
          Problems.line(node),
          String.format(
              Locale.ROOT,
              "venues: found '- %s:', expected '- %s', or '- name: %s' and its other keys below",
              venue,
              venue,
              venue));
      return Optional.empty();
    }
    Section section = Section.of(node, "venues", Key.names(KEYS), problems);
    Optional<VenueProfile> profile = name(section, node);
    List<String> own = symbols(section).orElse(symbols);
    Optional<URI> webSocket = section.uri(WEB_SOCKET.name(), "ws", "wss");
    Optional<URI> rest = section.uri(REST.name(), "http", "https");
    Optional<Finality> finality = finality(section);
    Optional<Duration> settle = SETTLE.given(section);
    Optional<Duration> audit = AUDIT.given(section);
    if (profile.isEmpty()) {
      return Optional.empty(); // limits are those of a venue; the others have been checked
    }
    VenueProfile base = profile.get();
    VenueLimits limits = VenueLimits.of(section.node(LIMITS.name()), base, problems);
    VenueProfile there = base.at(webSocket.orElse(base.webSocket()), rest.orElse(base.rest()));
    VenueProfile overridden =
        new VenueProfile(
            base.name(),
            there.webSocket(),
            there.rest(),
            new Waits(
                limits.closeGrace(),
                settle.orElse(base.waits().settle()),
                audit.orElse(base.waits().audit()),
                limits.tradeWaits()),
            finality.orElse(base.finality()),
            limits.proofs(),
            base.pageRows(),
            limits.budgets(),
            limits.limits());
    provesSilence(overridden, section);
    return section.node(SYMBOLS.name()).isPresent() && own.isEmpty()
        ? Optional.empty() // every one of its symbols was wrong, which has been said
        : withSymbols(overridden, own, node);
  }

  /** The name of a venue where a key should be, as a colon after it makes it. */
  private Optional<String> nameAsKey(Node node) {
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .findFirst()
            .map(NodeTuple::getKeyNode)
            .filter(ScalarNode.class::isInstance)
            .map(key -> ((ScalarNode) key).getValue())
            .filter(profiles::containsKey)
        : Optional.empty();
  }

  private static Optional<Finality> finality(Section section) {
    Optional<String> text = section.scalar(FINALITY.name(), REST_FINALITY);
    return section.checked(
        FINALITY.name(),
        text,
        text.filter(REST_FINALITY::equals).map(word -> Finality.REST_CONFIRMED),
        REST_FINALITY);
  }

  /** Where REST confirms, no trade is asked for. */
  private void provesSilence(VenueProfile profile, Section section) {
    if (profile.finality() == Finality.REST_CONFIRMED
        && profile.proofs().silence() == Silence.TRADE_IDS) {
      problems.add(
          section.line(),
          "venues: "
              + profile.name()
              + " with 'finality: rest' proves silence by rows: expected limits.silence_proof of"
              + " zero_rows or absent_rows");
    }
    if (profile.finality() == Finality.REST_CONFIRMED && profile.waits().audit().isZero()) {
      problems.add(
          section.line(),
          "venues: "
              + profile.name()
              + " with 'finality: rest' reads each candle a second time: expected '"
              + AUDIT.key().name()
              + "' of more than 0s");
    }
  }

  private Optional<VenueProfile> name(Section section, Node node) {
    boolean named = section.node(NAME.name()).isPresent();
    String key = named ? NAME.name() : OTHER_NAME.name();
    if (named == section.node(OTHER_NAME.name()).isPresent()) {
      problems.add(section.line(), "venues: expected one of the keys name and key");
      return Optional.empty();
    }
    return section.text(key).flatMap(name -> profile(section.node(key).orElse(node), name));
  }
}
