package dev.candles.cli.embedded;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears SIGTERM and SIGINT. Not a shutdown hook: hooks of Flink run at the same time and would
 * delete its working files under the savepoint, and the exit code could not be 0.
 *
 * <p>{@code sun.misc.Signal} is part of the supported module {@code jdk.unsupported}; reflection
 * only avoids the compiler's warning about its name.
 */
final class Signals {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

  private Signals() {}

  /**
   * Calls {@code stop} for SIGTERM and SIGINT, on a thread of the JVM's own.
   *
   * @throws IllegalStateException if this JVM has no signals
   */
  static void onStop(Runnable stop) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler calls =
          (proxy, method, args) -> called(proxy, method.getName(), args, stop);
      Object proxy =
          Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, calls);
      for (String name : new String[] {"TERM", "INT"}) {
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("signals cannot be heard", e);
    }
  }

  private static Object called(Object proxy, String method, Object[] args, Runnable stop) {
    return switch (method) {
      case "handle" -> {
        LOG.info("event=stop_requested signal={}", args[0]);
        stop.run();
        yield proxy;
      }
      case "equals" -> proxy == args[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "stop signals";
    };
  }
}
