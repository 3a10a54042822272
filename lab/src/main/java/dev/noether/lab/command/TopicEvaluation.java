package dev.noether.lab.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.Screen;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.TopicSection;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.detect.BoundedJobCluster;
import dev.noether.lab.evaluate.detect.FleetBacktest;
import dev.noether.lab.evaluate.detect.FleetOutput;
import dev.noether.lab.evaluate.detect.TemporaryFolders;
import dev.noether.lab.evaluate.measure.TopicReport;
import dev.noether.lab.evaluate.output.EvaluationPage;
import dev.noether.lab.evaluate.output.ScoreFiles;
import dev.noether.lab.evaluate.output.TopicJson;
import dev.noether.lab.evaluate.output.TopicText;
import dev.noether.lab.evaluate.topic.TopicData;
import dev.noether.lab.evaluate.topic.TopicDataReader;
import dev.noether.lab.evaluate.topic.TopicSpan;
import dev.noether.model.gate.GatedDetector;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code noether evaluate} on a topic of the detector, without labels. */
final class TopicEvaluation {
    private final DetectorConfig config;
    private final TopicSpan span;
    private final Screen screen;

    private TopicEvaluation(DetectorConfig config, TopicSpan span, Screen screen) {
        this.config = config;
        this.span = span;
        this.screen = screen;
    }

    /**
     * Chooses the topic and the range of its event times.
     *
     * @param given configuration of the detector
     */
    static TopicEvaluation of(DetectorConfig given, TopicOptions options, double trainShare, Screen screen) {
        options.check();
        DetectorConfig config = at(given, options);
        return new TopicEvaluation(config, TopicSpan.of(config, options.from, options.to, trainShare), screen);
    }

    private static DetectorConfig at(DetectorConfig given, TopicOptions options) {
        DetectorConfig config = given;
        try {
            config = options.bootstrap == null ? config : config.withBootstrap(options.bootstrap);
        } catch (IllegalArgumentException exception) {
            throw new BadUseException("--bootstrap: " + exception.getMessage());
        }
        try {
            return options.topic == null ? config : config.with(TopicSection.OBSERVATIONS, options.topic);
        } catch (IllegalArgumentException exception) {
            throw new BadUseException("--topic: " + exception.getMessage());
        }
    }

    /**
     * Reads, trains, scores, and shows what would have been told.
     *
     * @param out folder of the page; null for no page
     * @param json file for the figures; null for none
     * @param scores folder for the scores of each row; null for none
     */
    void run(@Nullable Path out, @Nullable Path json, @Nullable Path scores) throws IOException, InterruptedException {
        String topic = config.topics().observations();
        screen.line("Reading " + topic + " of " + config.kafka().bootstrapServers() + " …");
        TopicData data = new TopicDataReader(config, span)
                .read(records -> screen.progress(() -> String.format("%,d records read", records)));
        TopicText.data(data).forEach(screen::line);
        FleetOutput output = backtest(data);
        TopicReport report = TopicReport.of(
                topic, data.entities(), output, config.incidents().quiet());
        screen.line("");
        TopicText.result(report).forEach(screen::line);
        if (scores != null) {
            writeScores(new ScoreFiles(scores), data.entities(), output);
        }
        if (json != null) {
            TopicJson.write(json, data, report);
        }
        if (out != null) {
            Files.writeString(
                    out.resolve("index.html"),
                    EvaluationPage.of(List.of(report.set()), page -> TopicText.lead(page, data, report)));
        }
    }

    private FleetOutput backtest(TopicData data) throws IOException, InterruptedException {
        Path temporary = Files.createTempDirectory("noether-evaluate");
        try (BoundedJobCluster cluster = BoundedJobCluster.start(1)) {
            FleetBacktest backtest = new FleetBacktest(cluster, temporary, config);
            screen.line("Training …");
            long start = System.nanoTime();
            GatedDetector gated = backtest.train(data.histories());
            double seconds = (System.nanoTime() - start) * 1e-9;
            screen.line(String.format("Trained in %.1f s. Scoring …", seconds));
            return backtest.score(data.entities(), gated, seconds, span.split());
        } finally {
            TemporaryFolders.delete(temporary);
        }
    }

    /** The name of an entity may have any characters, those of a path too. */
    private void writeScores(ScoreFiles files, List<EvaluationSeries> entities, FleetOutput output) throws IOException {
        for (int i = 0; i < entities.size(); i++) {
            EvaluationSeries one = entities.get(i);
            String[] times = Arrays.stream(one.test().times())
                    .mapToObj(time -> Instant.ofEpochMilli(time).toString())
                    .toArray(String[]::new);
            files.write(
                    config.topics().observations(),
                    one.named(URLEncoder.encode(one.name(), StandardCharsets.UTF_8), times),
                    0,
                    output.entities().get(i));
        }
    }
}
