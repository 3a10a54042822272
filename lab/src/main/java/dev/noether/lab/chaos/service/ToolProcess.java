package dev.noether.lab.chaos.service;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Runs small tools of the operating system. */
public final class ToolProcess {
    private ToolProcess() {}

    /**
     * Runs a command to its end.
     *
     * @return its exit code
     */
    public static int run(String... words) {
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + words[0] + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + words[0] + " ran", e);
        }
    }

    /** Whether a command exists and answers to {@code --version}. */
    public static boolean exists(String command) {
        try {
            return run(command, "--version") == 0;
        } catch (UncheckedIOException missing) {
            return false;
        }
    }
}
