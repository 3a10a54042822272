package dev.noether.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.console.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help texts of all commands. */
class HelpTextTest {
    private static final int WIDEST_EXAMPLE = 120;

    private final CommandLine noether = Main.commands(() -> false);

    @Test
    void everyCommandHasAHeaderAndAnExample() {
        for (CommandLine command : commands()) {
            UsageMessageSpec usage = command.getCommandSpec().usageMessage();
            assertThat(usage.header()).as(command.getCommandName()).hasSize(1);
            assertThat(usage.header()[0]).as(command.getCommandName()).matches("[A-Z].*\\.");
            assertThat(usage.footer()[0])
                    .as(command.getCommandName())
                    .startsWith("Example: ./noether " + command.getCommandName() + " ")
                    .hasSizeLessThan(WIDEST_EXAMPLE);
        }
    }

    @Test
    void everyOptionHasADescriptionOfOneSentence() {
        for (CommandLine command : commands()) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (!option.usageHelp() && !option.versionHelp()) {
                    assertThat(option.description())
                            .as("%s %s", command.getCommandName(), option.longestName())
                            .hasSize(1);
                    assertThat(option.description()[0])
                            .as("%s %s", command.getCommandName(), option.longestName())
                            .matches("[A-Z].*\\.");
                }
            }
        }
    }

    @Test
    void everyExampleIsAValidCommandLine() {
        for (CommandLine command : commands()) {
            String example = command.getCommandSpec().usageMessage().footer()[0];
            String[] words = example.replaceFirst("^Example: \\./noether ", "").split(" ");
            assertThat(Main.commands(() -> false)
                            .parseArgs(words)
                            .subcommand()
                            .commandSpec()
                            .name())
                    .isEqualTo(command.getCommandName());
        }
    }

    @Test
    void theHelpOfACommandShowsItsDefaults() {
        assertThat(output("demo", "--help"))
                .contains("--fleet=N", "servers, 24 hearts)", "--parallelism=N", "(default: 1)")
                .doesNotContain("${DEFAULT-VALUE}");
    }

    /** A placeholder that is not escaped is shown as null. */
    @Test
    void theHelpOfInferNamesThePlaceholdersOfSecrets() {
        assertThat(output("infer", "--help").replaceAll("\\s+", " "))
                .contains("Secrets must be ${env:NAME} or ${file:/path}.");
    }

    @Test
    void theDemonstrationsAreListedWithALineForEach() {
        assertThat(output("demo", "--list").lines()).hasSizeGreaterThan(4).allMatch(line -> line.length() > 30);
        assertThat(output("demo", "--list")).contains("drift          what is normal changes");
    }

    @Test
    void withoutACommandTheHelpIsShownAsAnError() {
        assertThat(Main.execute()).isEqualTo(ExitCode.BAD_USE);
    }

    @Test
    void theVersionIsOneLine() {
        assertThat(output("--version").lines()).singleElement().asString().startsWith("noether ");
    }

    private String output(String... arguments) {
        StringWriter out = new StringWriter();
        noether.setOut(new PrintWriter(out));
        assertThat(noether.execute(arguments)).isEqualTo(ExitCode.DONE);
        return out.toString();
    }

    private Collection<CommandLine> commands() {
        return noether.getSubcommands().values();
    }
}
