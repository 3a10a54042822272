package dev.noether.cli.console;

import java.util.List;

/**
 * Adds the commands of another module to {@code ./noether}. {@link java.util.ServiceLoader} finds the implementations.
 */
public interface CommandProvider {
    /**
     * The commands, in the order of the help text. Each command is a {@code Callable<Integer>} with picocli's
     * annotations and returns an exit code. The first line of its footer is an example.
     */
    List<Object> commands();
}
