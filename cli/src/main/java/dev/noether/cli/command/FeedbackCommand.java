package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.cli.feedback.FeedbackList;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.judgement.FeedbackEntry;
import dev.noether.flink.judgement.IncidentVerdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code noether feedback}. */
@Command(
        name = "feedback",
        header = "Say whether an incident was real or a false alarm, or list what was said.",
        description = {
            "A dismissed incident raises the threshold of its entity for breaks of its kind, for a while.",
            "A confirmed one does not, and no training learns from it. Either can be withdrawn."
        },
        footer = "Example: ./noether feedback 60184ec0ab21 dismiss --note backup --config detector.yaml")
public final class FeedbackCommand implements Callable<Integer> {
    private static final String LIST = "list";

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    DetectorChoice detector = new DetectorChoice();

    @Parameters(
            index = "0",
            paramLabel = "INCIDENT",
            description = "Id of the incident or its first characters; `list` shows all feedback.")
    String incident = LIST;

    @Parameters(index = "1", arity = "0..1", paramLabel = "VERDICT", description = "One of ${COMPLETION-CANDIDATES}.")
    @Nullable
    IncidentVerdict verdict;

    @Option(names = "--note", paramLabel = "TEXT", description = "What others should know about it.")
    @Nullable
    String note;

    @Option(names = "--by", paramLabel = "NAME", description = "Your name (default: the name of the user).")
    @Nullable
    String author;

    @Option(
            names = "--from",
            paramLabel = "INSTANT",
            description = "First event time that it counts for (default: soon after the newest score).")
    @Nullable
    Instant from;

    @Option(names = "--entity", paramLabel = "NAME", description = "With list: only the incidents of this entity.")
    @Nullable
    String entity;

    @Option(names = "--json", description = "With list: print JSON.")
    boolean isJson;

    @Override
    public Integer call() {
        boolean isList = incident.equals(LIST);
        if (isList && (verdict != null || note != null || author != null || from != null)) {
            throw new BadUseException("feedback list takes only --entity and --json");
        }
        if (!isList && (isJson || entity != null)) {
            throw new BadUseException("--entity and --json are options of ./noether feedback list");
        }
        DetectorConfig config = detector.load();
        LogFile.in(Path.of(".noether"));
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        if (isList) {
            list(config, screen);
        } else {
            entry().write(config, incident).forEach(screen::line);
        }
        return ExitCode.DONE;
    }

    private void list(DetectorConfig config, Screen screen) {
        FeedbackList list = FeedbackList.read(config, entity);
        if (isJson) {
            screen.line(list.json());
        } else {
            list.lines().forEach(screen::line);
        }
    }

    private FeedbackEntry entry() {
        IncidentVerdict said = verdict;
        if (said == null) {
            throw new BadUseException("say what is true of the incident: ./noether feedback " + incident
                    + " confirm, dismiss or withdraw");
        }
        return new FeedbackEntry(said, author == null ? System.getProperty("user.name", "") : author, note, from);
    }
}
