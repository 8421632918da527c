package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.sources.transport.ConnectionQueue;
import dev.candles.sources.transport.FeedSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many sockets and one mailbox that sleeps as soon as nothing waits. */
class MailboxWakeTest {
  private static final int QUEUES = 4;
  private static final int THREADS = 12;
  private static final int FRAMES = 25_000;

  /** A queue that is nearly always empty, or full: both ends of what a thread may find. */
  private static final int MOST_WAITING = 3;

  private final Availability availability = new Availability();
  private final List<ConnectionQueue> queues = new ArrayList<>();

  @Test
  void noSignalIsSleptOnAndEachIsTakenOnceAndInOrder() throws Exception {
    for (int i = 0; i < QUEUES; i++) {
      queues.add(new ConnectionQueue(MOST_WAITING, 1_000, availability::wake));
    }
    List<Thread> sockets = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      sockets.add(new Thread(() -> send(number), "socket-" + number));
    }
    sockets.forEach(Thread::start);
    long[] newest = new long[THREADS];
    for (long taken = 0; taken < (long) THREADS * FRAMES; ) {
      availability.future(this::hasWork).get(60, TimeUnit.SECONDS); // else a wake-up is lost
      for (ConnectionQueue queue : queues) {
        List<FeedSignal> signals = queue.drain(2);
        signals.forEach(signal -> check(signal, newest));
        taken += signals.size();
      }
    }
    for (Thread socket : sockets) {
      socket.join();
    }
    assertThat(newest).containsOnly(FRAMES);
    assertThat(hasWork()).isFalse();
  }

  private boolean hasWork() {
    return queues.stream().anyMatch(queue -> !queue.isEmpty());
  }

  /** Now and then it lets the mailbox take all that waits. */
  private void send(int number) {
    SplittableRandom random = new SplittableRandom(number);
    ConnectionQueue queue = queues.get(number % QUEUES);
    for (int i = 1; i <= FRAMES; i++) {
      while (!queue.offer(new FeedSignal.Frame(number + ":" + i, 0))) {
        Thread.yield();
      }
      while (random.nextInt(4) == 0 && !queue.isEmpty()) {
        Thread.yield();
      }
    }
  }

  private static void check(FeedSignal signal, long[] newest) {
    String[] parts = ((FeedSignal.Frame) signal).text().split(":", 2);
    int number = Integer.parseInt(parts[0]);
    assertThat(Long.parseLong(parts[1])).isEqualTo(++newest[number]);
  }
}
