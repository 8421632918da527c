package dev.candles.sim.venue;

/** A venue's REST protocol. Called by many threads; times are market epoch ms. */
public interface RestProtocol {

  /** The venue's name. */
  String venue();

  /** Whether it may be asked by POST of a form, too. */
  default boolean readsForms() {
    return false;
  }

  /** Whether one more request is within the venue's limits; called once per request. */
  boolean admits(SimRequest question, long nowMs);

  /**
   * Answers a request that was admitted.
   *
   * @throws Refusal with the venue's error
   */
  SimResponse answer(SimRequest question, RestCall visit) throws Refusal;

  /** One request too many. */
  Refusal tooMany(RestCall visit);

  /** The venue is away. */
  Refusal unavailable();

  /** Status of an answer that somebody else gives for the venue, in HTML. */
  int htmlStatus();
}
