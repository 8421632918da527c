package dev.candles.sources.source.reader;

import dev.candles.sources.venue.Decoded;
import java.util.Optional;

/** What a venue says of the subscription to one market: the first clear word counts. */
final class SubscriptionWord implements Decoded.Handler {
  private final String symbol;
  private boolean accepted;
  private String fault = "";
  private String doubt = "";

  SubscriptionWord(String symbol) {
    this.symbol = symbol;
  }

  /** Whether it was accepted, or is served already. */
  boolean isAccepted() {
    return accepted;
  }

  /** Why it is not served; empty if nothing speaks against it. */
  Optional<String> fault() {
    return Optional.of(fault).filter(why -> !why.isEmpty());
  }

  /** What there is instead of a word, with the last that was not understood. */
  String silence() {
    return "connected, but no answer to the subscription of " + symbol + doubt;
  }

  /** The connection ended before. */
  void lost(String error) {
    refuse(error);
  }

  private void accept(String of) {
    accepted |= fault.isEmpty() && of.equals(symbol);
  }

  private void refuse(String why) {
    if (!accepted && fault.isEmpty()) {
      fault = why;
    }
  }

  @Override
  public void closed(Decoded.Closed closed) {
    accept(closed.fold().stream().symbol());
  }

  @Override
  public void forming(Decoded.Forming forming) {
    accept(forming.symbol());
  }

  @Override
  public void traded(Decoded.Traded traded) {
    accept(traded.symbol());
  }

  @Override
  public void lastTrade(Decoded.LastTrade last) {
    accept(last.symbol());
  }

  @Override
  public void subscribed(Decoded.Subscribed subscribed) {
    accept(subscribed.symbol());
  }

  @Override
  public void refused(Decoded.Refused refused) {
    refuse("the subscription of " + symbol + " was refused: " + refused.detail());
  }

  @Override
  public void throttled(Decoded.Throttled throttled) {
    refuse("it asks to slow down: " + throttled.detail());
  }

  @Override
  public void rejected(Decoded.Rejected rejected) {
    doubt = ", what came last is not believed (" + rejected.reject().detail() + "),";
  }

  @Override
  public void alive(Decoded.Alive alive) {
    // says nothing of the subscription
  }

  @Override
  public void status(Decoded.Status status) {
    // says nothing of the subscription
  }

  @Override
  public void closing(Decoded.Closing closing) {
    // what comes until then counts
  }

  @Override
  public void other(Decoded.Other other) {
    // says nothing of the subscription
  }
}
