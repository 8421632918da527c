package dev.candles.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InOrderTest {
  /** The first ends only once the last has begun. */
  @Test
  void tasksRunAtOnceAndAreToldInTheirOrder() throws Exception {
    CountDownLatch began = new CountDownLatch(3);
    List<Callable<String>> tasks = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      tasks.add(
          () -> {
            began.countDown();
            return name + began.await(60, TimeUnit.SECONDS);
          });
    }
    List<String> told = new ArrayList<>();
    new InOrder(3).run(tasks, told::add);
    assertThat(told).containsExactly("atrue", "btrue", "ctrue");
  }

  @Test
  void noMoreThreadsAreMadeThanAllowed() throws Exception {
    List<String> told = new ArrayList<>();
    Callable<String> task = () -> Thread.currentThread().getName() + Thread.currentThread().getId();
    new InOrder(1).run(List.of(task, task, task), told::add);
    assertThat(told).hasSize(3).containsOnly(told.get(0));
  }

  @Test
  void aFaultOfTheProgramIsNotHidden() {
    Callable<String> broken =
        () -> {
          throw new IllegalArgumentException("broken");
        };
    assertThatThrownBy(() -> new InOrder(2).run(List.of(broken), line -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("broken");
  }
}
