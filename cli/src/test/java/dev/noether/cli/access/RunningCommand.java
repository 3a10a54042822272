package dev.noether.cli.access;

import dev.noether.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** A command on a thread of its own, with its output. */
final class RunningCommand implements AutoCloseable {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private final Thread thread;

    RunningCommand(Object... arguments) {
        CommandLine commands = Main.commands(() -> false);
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(err, true));
        String[] words = new String[arguments.length];
        for (int at = 0; at < words.length; at++) {
            words[at] = arguments[at].toString();
        }
        thread = new Thread(() -> code.complete(commands.execute(words)));
        thread.start();
    }

    /** The exit code, when the command has ended. */
    int await() throws Exception {
        return code.get(120, TimeUnit.SECONDS);
    }

    int stop() throws Exception {
        thread.interrupt();
        return await();
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    @Override
    public String toString() {
        return "out: " + out + "\nerr: " + err;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
