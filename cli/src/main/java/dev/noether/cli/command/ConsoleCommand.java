package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.console.Console;
import dev.noether.flink.config.ConsoleSection;
import dev.noether.flink.config.DetectorConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether console}. */
@Command(
        name = "console",
        header = "Show incidents, scores and models on a web page, until stopped.",
        description = {
            "Reads the topics of a detector into a store on this machine and serves a page. With --token-file people",
            "can also say on the page whether an incident was real. The store may be lost: it is made again."
        },
        footer = "Example: ./noether console --config detector.yaml")
public final class ConsoleCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    DetectorChoice detector = new DetectorChoice();

    @Option(
            names = "--bind",
            paramLabel = "HOST",
            description = "Address of this machine to listen on (default: console.bind of the file, 127.0.0.1).")
    @Nullable
    String bind;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on, 0 for a free one (default: console.port of the file, 8088).")
    @Nullable
    Integer port;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "Directory of the store (default: console.directory of the file).")
    @Nullable
    Path store;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the token for judging incidents (default: console.tokenFile of the file).")
    @Nullable
    Path tokenFile;

    @Override
    public Integer call() {
        DetectorConfig config = changed(detector.load());
        LogFile.in(Path.of(".noether"));
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        try (Console console = Console.start(config)) {
            Console.warnings(config).forEach(screen::line);
            screen.line("The console of detector " + config.detector() + " is at " + console.url()
                    + (config.console().access().tokenFile().isEmpty()
                            ? ". It only shows; --token-file lets people judge incidents."
                            : "."));
            screen.line("Ctrl-C stops.");
            new CountDownLatch(1).await();
            return ExitCode.FAILED;
        } catch (InterruptedException stopped) {
            return ExitCode.DONE;
        } finally {
            screen.line("Stopped.");
        }
    }

    private DetectorConfig changed(DetectorConfig loaded) {
        DetectorConfig config = loaded;
        try {
            config = bind == null ? config : config.with(ConsoleSection.BIND, bind);
            if (port != null && port < 0) {
                throw new BadUseException("--port must be at least 0 (got " + port + ")");
            }
            config = port == null ? config : config.with(ConsoleSection.PORT, port);
            config = store == null
                    ? config
                    : config.with(
                            ConsoleSection.DIRECTORY, store.toAbsolutePath().toUri());
            return tokenFile == null ? config : config.with(ConsoleSection.TOKEN_FILE, tokenFile.toString());
        } catch (IllegalArgumentException e) {
            throw new BadUseException(String.valueOf(e.getMessage()));
        }
    }
}
