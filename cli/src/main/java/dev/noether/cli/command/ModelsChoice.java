package dev.noether.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.cli.console.Screen;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.release.ModelChange;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.retrain.ScoresTail;
import dev.noether.schemas.ModelRelease;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands {@code noether models …} have in common: the detector, its models topic, text or JSON. */
final class ModelsChoice {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    @Mixin
    DetectorChoice detector = new DetectorChoice();

    @Option(names = "--json", description = "Write JSON to the standard output in place of text.")
    boolean isJson;

    private @Nullable DetectorConfig config;

    /** Returns the configuration; reads it once. */
    DetectorConfig config() {
        DetectorConfig loaded = config;
        if (loaded == null) {
            loaded = detector.load();
            TopicCheck.forRetraining(loaded);
            config = loaded;
        }
        return loaded;
    }

    /** Reads the models topic. */
    ModelsTopicContent content() {
        return new ReleaseTopic(config()).content();
    }

    /** Returns the newest event time that scoring has seen, or that of the observations; empty without any. */
    OptionalLong newestSeen() {
        return ScoresTail.newestSeen(config());
    }

    /** Returns the model that scores the newest event time; null if there is none. */
    @Nullable
    ModelRelease inForce(ModelsTopicContent content) {
        return new ModelChange(content, 0).inForce(newestSeen().orElse(Long.MAX_VALUE - 1));
    }

    /** Shows lines, or the same as JSON. */
    void show(List<String> lines, Object json) {
        Screen screen = new Screen(Output.of(command), Screen.isTerminal());
        if (isJson) {
            screen.line(text(json));
        } else {
            lines.forEach(screen::line);
        }
    }

    private static String text(Object json) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
