package dev.noether.cli.stack;

import dev.noether.flink.kafka.AccessProblem;
import org.apache.flink.util.SerializedThrowable;

/** The innermost cause of a failure, as one line. */
final class FailureCause {
    private FailureCause() {}

    /** Returns it; a cause that Kafka's access rules have is said in whole. */
    static String of(Throwable thrown) {
        return AccessProblem.of(real(thrown)).orElseGet(() -> innermost(thrown));
    }

    /** Whether trying again cannot help, because Kafka does not let the job in or denies it something. */
    static boolean isFinal(Throwable thrown) {
        return AccessProblem.of(real(thrown)).isPresent();
    }

    /** Flink keeps exceptions as bytes. */
    private static Throwable real(Throwable thrown) {
        return thrown instanceof SerializedThrowable kept
                ? kept.deserializeError(FailureCause.class.getClassLoader())
                : thrown;
    }

    private static String innermost(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        // Flink's copy of an exception of unknown class begins with the class.
        return message.strip()
                .replaceFirst("^(?:[a-z0-9]+\\.)+(?:errors\\.)?[A-Z]\\w*(?:Exception|Error): ", "")
                .replaceAll("\\s*\\R\\s*", " ");
    }
}
