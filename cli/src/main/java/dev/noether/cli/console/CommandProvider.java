package dev.noether.cli.console;

/**
 * Adds a command to {@code ./noether}; found by {@link java.util.ServiceLoader}, so that a module may bring one that this
 * module knows nothing of.
 */
public interface CommandProvider {
    /**
     * The command: a {@code Callable<Integer>} that returns the exit code, annotated as picocli wants it. The first line of
     * its footer is an example.
     */
    Object command();
}
