package dev.noether.cli.stack;

/** The innermost cause of a failure, as one line. */
final class FailureCause {
    private FailureCause() {}

    static String of(Throwable thrown) {
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
