package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.sources.transport.ConnectionQueue;
import dev.candles.sources.transport.FeedSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sockets and mailboxes that sleep as soon as nothing waits, each on a thread of its own. */
class MailboxWakeTest {
  private static final int MOST_WAITING = 3;
  private static final long DEADLINE_S = 60;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile boolean over;

  @AfterEach
  void end() {
    over = true;
    threads.shutdownNow();
  }

  /** What {@link VenueReader} does: it sleeps if it finds all queues empty. */
  private static final class Mailbox {
    final Availability availability = new Availability();
    final List<ConnectionQueue> queues = new ArrayList<>();

    Mailbox(int count) {
      for (int i = 0; i < count; i++) {
        queues.add(new ConnectionQueue(MOST_WAITING, 1_000, availability::wake));
      }
    }

    boolean hasWork() {
      return queues.stream().anyMatch(queue -> !queue.isEmpty());
    }

    /** The newest number of each sender, which must have come in order. */
    long[] take(int senders, long frames) throws Exception {
      long[] newest = new long[senders];
      long taken = 0;
      while (taken < frames) {
        availability.future(this::hasWork).get(DEADLINE_S, TimeUnit.SECONDS);
        for (ConnectionQueue queue : queues) {
          for (FeedSignal signal : queue.drain(2)) {
            String[] parts = ((FeedSignal.Frame) signal).text().split(":", 2);
            assertThat(Long.parseLong(parts[1])).isEqualTo(++newest[Integer.parseInt(parts[0])]);
            taken++;
          }
        }
      }
      return newest;
    }
  }

  private void send(ConnectionQueue queue, int sender, int number) {
    while (!over && !queue.offer(new FeedSignal.Frame(sender + ":" + number, 0))) {
      Thread.yield();
    }
  }

  /** No other's wake-up makes up for one that is lost: each socket stops until all is taken. */
  @Test
  void aSocketThatWaitsForItsMailboxIsNeverSleptOn() throws Exception {
    int pairs = 6;
    int frames = 50_000;
    List<Future<long[]>> mailboxes = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      Mailbox mailbox = new Mailbox(1);
      SplittableRandom random = new SplittableRandom(i);
      mailboxes.add(threads.submit(() -> mailbox.take(1, frames)));
      threads.execute(() -> sendInBursts(mailbox.queues.get(0), frames, random));
    }
    for (Future<long[]> mailbox : mailboxes) {
      assertThat(mailbox.get(2 * DEADLINE_S, TimeUnit.SECONDS)).containsExactly(frames);
    }
  }

  private void sendInBursts(ConnectionQueue queue, int frames, SplittableRandom random) {
    int burst = 0;
    for (int i = 1; i <= frames && !over; i++) {
      send(queue, 0, i);
      burst = burst > 0 ? burst - 1 : random.nextInt(MOST_WAITING);
      while (burst == 0 && !over && !queue.isEmpty()) {
        Thread.yield();
      }
    }
  }

  @Test
  void whatManySocketsSendIsTakenOnceAndInOrder() throws Exception {
    int senders = 12;
    int frames = 10_000;
    Mailbox mailbox = new Mailbox(4);
    for (int i = 0; i < senders; i++) {
      int sender = i;
      ConnectionQueue queue = mailbox.queues.get(sender % mailbox.queues.size());
      threads.execute(
          () -> {
            for (int number = 1; number <= frames; number++) {
              send(queue, sender, number);
            }
          });
    }
    assertThat(mailbox.take(senders, (long) senders * frames)).containsOnly(frames);
    assertThat(mailbox.hasWork()).isFalse();
  }
}
