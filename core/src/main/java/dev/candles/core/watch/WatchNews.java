package dev.candles.core.watch;

/** News of what is watched: a record for each kind. */
public sealed interface WatchNews permits WatchNews.Gaps, WatchNews.Clock {

  /**
   * Whoever takes news; one method for each kind, so that none is forgotten.
   *
   * @param <E> what its methods throw
   */
  interface Handler<E extends Exception> {
    /** What a stream lacks. */
    void gaps(Gaps told) throws E;

    /** How this machine's clock stands to a venue's. */
    void clock(Clock told) throws E;
  }

  /** The venue that it is about. */
  String venue();

  /** Hands itself to its method of {@code handler}. */
  <E extends Exception> void dispatch(Handler<E> handler) throws E;

  /**
   * What a base stream lacks. Times are market time, epoch ms, UTC, or {@link #NONE}.
   *
   * @param stream as people read it
   * @param beforeMs the oldest interval that was missing before this attempt of the job, and is
   * @param beforeEndMs the end of the newest of those
   * @param progressMs when the last of those was noted or closed
   * @param laterMs the oldest interval of the oldest gap that was found later
   * @param sinceMs when it was found
   */
  record Gaps(
      String venue,
      String stream,
      long beforeMs,
      long beforeEndMs,
      long progressMs,
      long laterMs,
      long sinceMs)
      implements WatchNews {
    /** There is none. */
    public static final long NONE = Long.MIN_VALUE;

    /** The same, of which nothing was later than {@code nowMs}: then the clock was set back. */
    Gaps notAfter(long nowMs) {
      return progressMs <= nowMs && sinceMs <= nowMs
          ? this
          : new Gaps(
              venue,
              stream,
              beforeMs,
              beforeEndMs,
              Math.min(progressMs, nowMs),
              laterMs,
              Math.min(sinceMs, nowMs));
    }

    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.gaps(this);
    }
  }

  /**
   * How the clock of the machine of a reader stands to a venue's.
   *
   * @param reader its number among those of the venue, which may be on several machines
   * @param offsetMs the venue's minus ours, milliseconds; 0 if that is not worth a word
   */
  record Clock(String venue, int reader, long offsetMs) implements WatchNews {
    @Override
    public <E extends Exception> void dispatch(Handler<E> handler) throws E {
      handler.clock(this);
    }
  }
}
