package dev.noether.flink.container;

import dev.noether.flink.job.RetainedCheckpoints;
import java.nio.file.Path;

/**
 * Prints the folder of the newest complete checkpoint or savepoint of a directory that one job uses, or nothing if
 * there is none. {@code deploy/bin/resume} calls it.
 */
public final class NewestCheckpoint {
    private NewestCheckpoint() {}

    /**
     * Runs the search.
     *
     * @param arguments the checkpoint directory, a path of this machine
     */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("expected one argument: the checkpoint directory");
        }
        RetainedCheckpoints.all(Path.of(arguments[0])).stream().findFirst().ifPresent(System.out::println);
    }
}
