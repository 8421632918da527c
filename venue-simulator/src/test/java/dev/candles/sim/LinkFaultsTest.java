package dev.candles.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.java_websocket.framing.CloseFrame;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong between a venue and its listener, over real sockets, in each venue's form. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(600)
class LinkFaultsTest {
  private static final long START = 1_767_225_600_000L; // 2026-01-01T00:00Z
  private static final double SPEED = 60;
  private static final long MINUTE = 60_000;
  private static final Duration FOR_EVER = Duration.ofDays(99);

  /**
   * How a venue speaks.
   *
   * @param ack what a frame holds that acknowledges the subscription
   * @param data what a frame of data holds
   * @param probe a message that is always answered
   * @param answer what its answer holds
   * @param time path of a REST call
   * @param away status and text of its answer in an outage
   * @param tooMany status and text of each of its answers, one after the other, if throttled
   */
  private record Form(
      String venue,
      String path,
      String subscribe,
      String ack,
      String data,
      String probe,
      String answer,
      String time,
      String away,
      List<String> tooMany) {

    @Override
    public String toString() {
      return venue;
    }
  }

  private static final Form COINBASE =
      new Form(
          "coinbase",
          "/",
          "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"matches\"]}",
          "\"subscriptions\"",
          "match\"",
          "{\"type\":\"dance\"}",
          "unknown message type",
          "/time",
          "503 {\"message\":\"Service Unavailable\"}",
          List.of("429 {\"message\":\"Public rate limit exceeded\"}"));

  private static final Form KRAKEN =
      new Form(
          "kraken",
          "/v2",
          "{\"method\":\"subscribe\",\"params\":{\"channel\":\"trade\",\"symbol\":[\"BTC/USD\"]}}",
          "\"success\":true",
          "\"channel\":\"trade\",\"type\"",
          "{\"method\":\"ping\"}",
          "pong",
          "/0/public/Time",
          "200 {\"error\":[\"EService:Unavailable\"]}",
          List.of(
              "200 {\"error\":[\"EGeneral:Too many requests\"]}",
              "200 {\"error\":[\"EAPI:Rate limit exceeded\"]}",
              "200 {\"error\":[\"EService: Throttled: "));

  private static final Form OKX =
      new Form(
          "okx",
          "/ws/v5/business",
          "{\"op\":\"subscribe\",\"args\":[{\"channel\":\"candle1m\",\"instId\":\"BTC-USDT\"}]}",
          "\"event\":\"subscribe\"",
          "\"data\"",
          "ping",
          "pong",
          "/api/v5/public/time",
          "503 {\"code\":\"50001\"",
          List.of(
              "429 {\"msg\":\"Too Many Requests\",\"code\":\"50011\"}",
              "200 {\"code\":\"50011\",\"msg\":\"Too Many Requests\",\"data\":[]}",
              "429 {\"code\":\"50011\",\"msg\":\"Too Many Requests\",\"data\":[]}"));

  private final HttpClient http = HttpClient.newHttpClient();

  static Stream<Form> forms() {
    return Stream.of(COINBASE, KRAKEN, OKX);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aCutClosesConnectionsWithoutAWordAndRefusesNewOnesWhileItLasts(Form form) throws Exception {
    try (Simulator simulator = simulator(form);
        Listener listener = connect(simulator, form)) {
      subscribe(listener, form);
      simulator.faults().add(fromNow(FaultKind.CUT, simulator, form).withRest());
      listener.awaitClosed();
      assertThat(listener.closeCode()).isEqualTo(CloseFrame.ABNORMAL_CLOSE);
      assertThatThrownBy(() -> connect(simulator, form)).isInstanceOf(IOException.class);
      assertThat(get(simulator, form)).startsWith(form.away);
      assertThat(simulator.faults().counted(FaultKind.CUT, form.venue)).isEqualTo(1);
      simulator.faults().until(simulator.now());
      connect(simulator, form).close();
      assertThat(get(simulator, form)).startsWith("200 ").doesNotContain("\"error\":[\"");
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aCutOfTheFeedAloneLeavesRestInReach(Form form) throws Exception {
    try (Simulator simulator = simulator(form);
        Listener listener = connect(simulator, form)) {
      subscribe(listener, form);
      simulator.faults().add(fromNow(FaultKind.CUT, simulator, form));
      listener.awaitClosed();
      assertThat(get(simulator, form)).startsWith("200 ").doesNotContain("\"error\":[\"");
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aStalledConnectionSaysNothingAndGoesOnAfterwards(Form form) throws Exception {
    try (Simulator simulator = simulator(form);
        Listener stalled = connect(simulator, form)) {
      subscribe(stalled, form);
      simulator.faults().add(fromNow(FaultKind.STALL, simulator, form));
      stalled.await(frames -> simulator.faults().counted(FaultKind.STALL, form.venue) > 0);
      probe(stalled, simulator, form);
      long from = simulator.now() + MINUTE; // what was on its way has come by then
      stalled.await(frames -> simulator.now() > from);
      long data = count(stalled.frames(), form.data);
      stalled.await(frames -> simulator.now() > from + MINUTE);
      assertThat(count(stalled.frames(), form.data)).isEqualTo(data);
      probe(stalled, simulator, form); // so that okx does not close it as idle once it may speak
      assertThat(count(stalled.frames(), form.answer)).isZero();
      simulator.faults().until(simulator.now());
      stalled.send(form.probe);
      stalled.await(frames -> count(frames, form.answer) > 0 && count(frames, form.data) > data);
      assertThat(simulator.faults().counted(FaultKind.STALL, form.venue)).isEqualTo(1);
    }
  }

  /** Sends what is always answered, and waits until the venue must have read it. */
  private static void probe(Listener stalled, Simulator simulator, Form form) throws Exception {
    stalled.send(form.probe);
    try (Listener other = connect(simulator, form)) {
      other.send(form.probe); // served after the first one
      other.await(frames -> count(frames, form.answer) == 1);
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void refusedConnectionsAreCounted(Form form) throws Exception {
    try (Simulator simulator = simulator(form, Fault.chance(FaultKind.REFUSE, form.venue, 1))) {
      assertThatThrownBy(() -> connect(simulator, form)).isInstanceOf(IOException.class);
      assertThat(simulator.faults().counted(FaultKind.REFUSE, form.venue)).isEqualTo(1);
      assertThat(get(simulator, form)).startsWith("200 ");
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void anAcknowledgedSubscriptionStaysSilentWhileItLasts(Form form) throws Exception {
    Fault silence = Fault.chance(FaultKind.ACK_THEN_SILENCE, form.venue, 1).lasting(FOR_EVER);
    try (Simulator simulator = simulator(form, silence);
        Listener listener = connect(simulator, form)) {
      subscribe(listener, form);
      long until = simulator.now() + MINUTE / 2; // okx ends it after that long without data
      listener.await(frames -> simulator.now() > until);
      assertThat(count(listener.frames(), form.data)).isZero();
      assertThat(simulator.faults().counted(FaultKind.ACK_THEN_SILENCE, form.venue)).isEqualTo(1);
      assertThat(listener.isOpen()).isTrue();
      simulator.faults().until(simulator.now());
      listener.await(frames -> count(frames, form.data) > 0);
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aRequestTooManyIsAnsweredInTheVenuesForms(Form form) throws Exception {
    try (Simulator simulator = simulator(form, Fault.chance(FaultKind.THROTTLE, form.venue, 1))) {
      List<String> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        answers.add(get(simulator, form));
      }
      assertThat(answers).allMatch(answer -> form.tooMany.stream().anyMatch(answer::startsWith));
      assertThat(form.tooMany)
          .allSatisfy(text -> assertThat(answers).anyMatch(answer -> answer.startsWith(text)));
      assertThat(simulator.faults().counted(FaultKind.THROTTLE, form.venue)).isEqualTo(4);
      assertThat(simulator.venue(form.venue).restCounts().refused()).isZero(); // not by its rate
      simulator.faults().until(simulator.now());
      assertThat(get(simulator, form)).startsWith("200 ").doesNotContain("\"error\":[\"");
    }
  }

  /** Once it is acknowledged, the venue knows of the listener and its faults reach it. */
  private static void subscribe(Listener listener, Form form) throws InterruptedException {
    listener.send(form.subscribe);
    listener.await(frames -> count(frames, form.ack) > 0);
  }

  /** At a time that was set before, a slow machine might not have connected yet. */
  private static Fault fromNow(FaultKind kind, Simulator simulator, Form form) {
    return Fault.at(kind, form.venue, simulator.now()).lasting(FOR_EVER);
  }

  private static Simulator simulator(Form form, Fault... faults) throws IOException {
    return Simulator.start(
        SimulatorConfig.defaults()
            .withVenues(List.of(form.venue))
            .withSilence(0)
            .withFaults(List.of(faults))
            .startingAt(START, SPEED));
  }

  private static Listener connect(Simulator simulator, Form form)
      throws IOException, InterruptedException {
    return Listener.connect(simulator, form.venue, form.path);
  }

  private static long count(List<String> frames, String text) {
    return frames.stream().filter(frame -> frame.contains(text)).count();
  }

  /** Status and body. */
  private String get(Simulator simulator, Form form) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(simulator.rest(form.venue).resolve(form.time))
            .header("User-Agent", "test")
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }
}
