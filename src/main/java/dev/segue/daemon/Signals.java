package dev.segue.daemon;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * Takes over the signals that a daemon answers to.
 *
 * <p>The JDK has no other way than {@code sun.misc.Signal} (module jdk.unsupported) to hear of HUP and USR1, or to end
 * on TERM with an exit code of our own. It is called by reflection because javac warns of the class in a way that nothing
 * suppresses, and here a warning ends the build.
 */
final class Signals {
    private Signals() {}

    /**
     * From now on {@code answer} runs, on a thread of the JVM's, whenever one of the signals comes; it gets the name.
     * Where the JVM was told to leave its signals alone ({@code -Xrs}) nothing changes.
     */
    static void answer(Consumer<String> answer, String... names) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, args) -> {
                        answer.accept((String) signalType.getMethod("getName").invoke(args[0]));
                        return null;
                    });
            for (String name : names) {
                Object signal = signalType.getConstructor(String.class).newInstance(name);
                signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
            }
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof IllegalArgumentException)) {
                throw new IllegalStateException(e.getCause());
            }
            // Reserved by the JVM: then the signal's default action is what people get.
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the module jdk.unsupported is missing from this Java runtime", e);
        }
    }
}
