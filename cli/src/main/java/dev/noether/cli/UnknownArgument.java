package dev.noether.cli;

import dev.noether.flink.config.NearestKey;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The message about a command or an option that does not exist: with the most similar one, and the known commands. */
final class UnknownArgument {
    private UnknownArgument() {}

    static String message(UnmatchedArgumentException exception) {
        CommandLine command = exception.getCommandLine();
        String text = exception.getUnmatched().get(0);
        String name = "./" + command.getCommandSpec().qualifiedName(" ");
        if (text.startsWith("-")) {
            List<String> options = command.getCommandSpec().options().stream()
                    .filter(option -> !option.hidden())
                    .map(OptionSpec::longestName)
                    .toList();
            String option = text.replaceFirst("=.*", "");
            return name + " has no option " + option + suggestion(option, options);
        }
        List<String> commands = List.copyOf(command.getSubcommands().keySet());
        return commands.isEmpty()
                ? name + " takes no argument `" + text + "`; options start with --"
                : name + " has no command `" + text + "`" + suggestion(text, commands) + " The commands are "
                        + String.join(", ", commands) + ".";
    }

    private static String suggestion(String text, List<String> known) {
        return NearestKey.similar(known.stream(), text)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse(".");
    }
}
