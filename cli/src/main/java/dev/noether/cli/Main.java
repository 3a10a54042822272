package dev.noether.cli;

import dev.noether.cli.command.DemoCommand;
import dev.noether.cli.command.ProduceCommand;
import dev.noether.cli.command.ReplayCommand;
import dev.noether.cli.command.RetrainCommand;
import dev.noether.cli.command.ScoreCommand;
import dev.noether.cli.console.CommandProvider;
import dev.noether.cli.console.DurationConverter;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.Interruption;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code ./noether}: finds the command, and says in one line what went wrong. */
@Command(
        name = "noether",
        header = "Noether watches telemetry in Kafka and says what stopped behaving like itself.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT)
public final class Main {
    @Option(
            names = "--stack-trace",
            hidden = true,
            scope = ScopeType.INHERIT,
            description = "Show where it went wrong.")
    boolean stackTrace;

    /** Runs a command and leaves with its exit code. */
    public static void main(String[] arguments) {
        Interruption interruption = Interruption.listen();
        int code = execute(interruption::interrupted, arguments);
        System.out.flush();
        boolean interrupted = interruption.interrupted();
        interruption.close();
        if (!interrupted) {
            System.exit(code);
        }
    }

    /**
     * Runs a command in this JVM.
     *
     * @return its exit code
     */
    public static int execute(String... arguments) {
        return execute(() -> false, arguments);
    }

    private static int execute(BooleanSupplier interrupted, String... arguments) {
        CommandLine commands = commands(interrupted);
        return arguments.length == 0 ? help(commands) : commands.execute(arguments);
    }

    /** The command line with all commands, those of other modules included.
     *
     * @param interrupted whether the user has asked to stop
     */
    public static CommandLine commands(BooleanSupplier interrupted) {
        Main main = new Main();
        CommandLine commands = new CommandLine(main);
        builtIn().forEach(commands::addSubcommand);
        ServiceLoader.load(CommandProvider.class)
                .forEach(provider -> provider.commands().forEach(commands::addSubcommand));
        commands.registerConverter(Duration.class, new DurationConverter());
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setUsageHelpAutoWidth(true);
        Failures failures = new Failures(() -> main.stackTrace || System.getenv("NOETHER_DEBUG") != null, interrupted);
        commands.setParameterExceptionHandler(failures);
        commands.setExecutionExceptionHandler(failures);
        commands.getCommandSpec().usageMessage().footer(examples(commands).toArray(new String[0]));
        return commands;
    }

    private static List<Object> builtIn() {
        return List.of(
                new DemoCommand(), new ReplayCommand(), new ProduceCommand(), new ScoreCommand(), new RetrainCommand());
    }

    /** The footer of each command begins with an example. */
    private static List<String> examples(CommandLine commands) {
        List<String> lines = new ArrayList<>(List.of("", "Examples:"));
        for (CommandLine command : commands.getSubcommands().values()) {
            String[] footer = command.getCommandSpec().usageMessage().footer();
            if (footer.length > 0) {
                lines.add("  " + footer[0].replaceFirst("^Example: ", ""));
            }
        }
        lines.add("");
        lines.add("./noether COMMAND --help says more.");
        return lines;
    }

    private static int help(CommandLine commands) {
        PrintWriter out = commands.getOut();
        commands.usage(out);
        out.flush();
        return ExitCode.BAD_USE;
    }
}
