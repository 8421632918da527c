package dev.candles.core.health;

/** News for the {@link HealthCheck}: a record for each kind. */
public sealed interface HealthNews permits HealthNews.Standing, HealthNews.Counted {

  /**
   * Whoever takes news; one method for each kind, so that none is forgotten.
   *
   * @param <E> what its methods throw
   */
  interface Handler<E extends Exception> {
    /** How a venue stands. */
    void standing(Standing told) throws E;

    /** Candles of a venue. */
    void counted(Counted told) throws E;
  }

  /** The venue that it is about. */
  String venue();

  /** Hands itself to its method of {@code handler}. */
  <E extends Exception> void dispatch(Handler<E> handler) throws E;

  /**
   * How a venue stands.
   *
   * @param connected whether every connection that it is to have lives
   */
  record Standing(String venue, HealthState state, boolean connected) implements HealthNews {
    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.standing(this);
    }
  }

  /**
   * Candles of the base timeframe, since the last such news.
   *
   * @param received of the feed and of REST, repeats included
   * @param written of them, those that are new to the lake
   */
  record Counted(String venue, int received, int written) implements HealthNews {
    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.counted(this);
    }
  }
}
