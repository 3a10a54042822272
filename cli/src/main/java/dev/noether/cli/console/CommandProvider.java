package dev.noether.cli.console;

import java.util.List;

/** Adds commands of another module to {@code ./noether}. The implementation is found by {@link java.util.ServiceLoader}. */
public interface CommandProvider {
    /**
     * The commands, in the order of the help text. Each is a {@code Callable<Integer>} with picocli's annotations that returns
     * the exit code. The first line of its footer is an example.
     */
    List<Object> commands();
}
