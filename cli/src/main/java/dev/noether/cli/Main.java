package dev.noether.cli;

import dev.noether.cli.command.CheckCommand;
import dev.noether.cli.command.CompareCommand;
import dev.noether.cli.command.ConsoleCommand;
import dev.noether.cli.command.DemoCommand;
import dev.noether.cli.command.FeedbackCommand;
import dev.noether.cli.command.ImportCommand;
import dev.noether.cli.command.InstantConverter;
import dev.noether.cli.command.ModelsCommand;
import dev.noether.cli.command.NotifyCommand;
import dev.noether.cli.command.ProduceCommand;
import dev.noether.cli.command.RecoverCommand;
import dev.noether.cli.command.ReplayCommand;
import dev.noether.cli.command.RetrainCommand;
import dev.noether.cli.command.RetrainerCommand;
import dev.noether.cli.command.RunCommand;
import dev.noether.cli.command.ScoreCommand;
import dev.noether.cli.command.SizeCommand;
import dev.noether.cli.command.TailCommand;
import dev.noether.cli.command.TopicsCommand;
import dev.noether.cli.console.CommandProvider;
import dev.noether.cli.console.DurationConverter;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.Interruption;
import dev.noether.cli.console.NumberConverter;
import dev.noether.cli.console.PathConverter;
import dev.noether.cli.infer.InferCommand;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The entry point of {@code ./noether}: runs a command and returns its exit code. */
@Command(
        name = "noether",
        header = "Noether detects anomalies in telemetry from Kafka.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT)
public final class Main {
    @Option(names = "--stack-trace", scope = ScopeType.INHERIT, description = "Print the stack trace of an error.")
    boolean showsStackTrace;

    /** Runs a command and exits with its exit code. */
    public static void main(String[] arguments) {
        Interruption interruption = Interruption.listen();
        int code = execute(interruption::isInterrupted, arguments);
        System.out.flush();
        boolean isInterrupted = interruption.isInterrupted();
        interruption.close();
        if (!isInterrupted) {
            System.exit(code);
        }
    }

    /**
     * Runs a command in this JVM.
     *
     * @return exit code of the command
     */
    public static int execute(String... arguments) {
        return execute(() -> false, arguments);
    }

    private static int execute(BooleanSupplier isInterrupted, String... arguments) {
        CommandLine commands = commands(isInterrupted);
        return arguments.length == 0 ? help(commands) : commands.execute(arguments);
    }

    /**
     * The command line with all commands, including those of other modules.
     *
     * @param isInterrupted whether the user has stopped the command
     */
    public static CommandLine commands(BooleanSupplier isInterrupted) {
        Main main = new Main();
        CommandLine commands = new CommandLine(main);
        builtIn().forEach(commands::addSubcommand);
        ServiceLoader.load(CommandProvider.class)
                .forEach(provider -> provider.commands().forEach(commands::addSubcommand));
        commands.registerConverter(Duration.class, new DurationConverter());
        commands.registerConverter(Instant.class, new InstantConverter());
        commands.registerConverter(Path.class, new PathConverter());
        NumberConverter.register(commands);
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setUsageHelpAutoWidth(true);
        FailureHandler failures = new FailureHandler(() -> main.showsStackTrace, isInterrupted);
        commands.setParameterExceptionHandler(failures);
        commands.setExecutionExceptionHandler(failures);
        commands.getCommandSpec().usageMessage().footer(examples(commands).toArray(new String[0]));
        return commands;
    }

    private static List<Object> builtIn() {
        return List.of(
                new DemoCommand(),
                new ReplayCommand(),
                new ProduceCommand(),
                new TopicsCommand(),
                new InferCommand(),
                new CheckCommand(),
                new SizeCommand(),
                new RunCommand(),
                new ImportCommand(),
                new ScoreCommand(),
                new RecoverCommand(),
                new RetrainCommand(),
                new RetrainerCommand(),
                new NotifyCommand(),
                new TailCommand(),
                new FeedbackCommand(),
                new ConsoleCommand(),
                new CompareCommand(),
                new ModelsCommand());
    }

    /** The first line of the footer of each command, which is an example. */
    private static List<String> examples(CommandLine commands) {
        List<String> lines = new ArrayList<>(List.of("", "Examples:"));
        for (CommandLine command : commands.getSubcommands().values()) {
            String[] footer = command.getCommandSpec().usageMessage().footer();
            if (footer.length > 0) {
                lines.add("  " + footer[0].replaceFirst("^Example: ", ""));
            }
        }
        lines.add("");
        lines.add("./noether COMMAND --help shows the options of a command.");
        return lines;
    }

    private static int help(CommandLine commands) {
        PrintWriter out = commands.getOut();
        commands.usage(out);
        out.flush();
        return ExitCode.BAD_USE;
    }
}
