package dev.noether.lab.command;

import dev.noether.cli.command.Output;
import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.OutputPath;
import dev.noether.cli.console.Screen;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.lab.evaluate.AblationRun;
import dev.noether.lab.evaluate.Evaluation;
import dev.noether.lab.evaluate.EvaluationProgress;
import dev.noether.lab.evaluate.ablate.AblationReport;
import dev.noether.lab.evaluate.dataset.DataFolders;
import dev.noether.lab.evaluate.dataset.EvaluationSet;
import dev.noether.lab.evaluate.detect.BoundedJobCluster;
import dev.noether.lab.evaluate.detect.FlinkBacktest;
import dev.noether.lab.evaluate.detect.TemporaryFolders;
import dev.noether.lab.evaluate.measure.SetReport;
import dev.noether.lab.evaluate.output.AblationJson;
import dev.noether.lab.evaluate.output.AblationPage;
import dev.noether.lab.evaluate.output.AblationTable;
import dev.noether.lab.evaluate.output.ConsoleTable;
import dev.noether.lab.evaluate.output.EvaluationPage;
import dev.noether.lab.evaluate.output.JsonReport;
import dev.noether.lab.evaluate.output.ScoreFiles;
import dev.noether.lab.peers.Peer;
import dev.noether.lab.peers.PeerCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code noether evaluate}. */
@Command(
        name = "evaluate",
        header = "Evaluate the detector on recorded data, through the operators that score live streams.",
        description = {
            "For each series, the detector is trained on the training rows and evaluated on the test rows. A CSV file"
                    + " with a time and features is a series, and so is a folder with train.csv.gz and test.csv.gz."
                    + " A folder of them is a set. With a column `label` the test rows are also ranked. The layouts of"
                    + " SKAB, NAB and ADBench are supported too. Kafka is not needed.",
            "Without DATA, the topic of the detector file --config is judged: what would have been told, what other"
                    + " alarm budgets would have told, and which one fits.",
        },
        footer = "Example: ./noether evaluate DIR/smd --peers --out evaluation --json smd.json")
public final class EvaluateCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    TopicOptions topic = new TopicOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "DATA",
            description = "CSV files, or folders: a series, a set, or a folder of sets.")
    List<Path> data = List.of();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The detector's YAML file. The features of files replace its features (default: all defaults).")
    @Nullable
    Path config;

    @Option(
            names = "--train-share",
            paramLabel = "SHARE",
            defaultValue = "0.7",
            description = "Share of the rows of a single CSV file, or of the time of a topic, from the start, to train"
                    + " on (default: ${DEFAULT-VALUE}).")
    double trainShare = 0.7;

    @Option(names = "--peers", description = "Also run the peers (other detectors) on the same rows.")
    boolean peers;

    @Option(
            names = "--ablate-symmetry",
            description = "Instead, compare the parts of the shape view: prototypes without, with the learned and with"
                    + " a free symmetry, and autoencoders of the same windows.")
    boolean ablateSymmetry;

    @Option(
            names = "--scores-out",
            paramLabel = "DIR",
            description = "Write DIR/SET/SERIES.csv with one line for each test row.")
    @Nullable
    Path scoresOut;

    @Option(names = "--out", paramLabel = "DIR", description = "Write DIR/index.html with tables and charts.")
    @Nullable
    Path out;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the metrics as JSON.")
    @Nullable
    Path json;

    @Option(names = "--jobs", paramLabel = "N", description = "Series in parallel (default: 1).")
    int jobs = 1;

    @Override
    public Integer call() throws Exception {
        if (jobs < 1) {
            throw new BadUseException("--jobs must be at least 1 (got " + jobs + ")");
        }
        if (!(trainShare > 0 && trainShare < 1)) {
            throw new BadUseException("--train-share must be above 0 and below 1 (got " + trainShare + ")");
        }
        if (ablateSymmetry && (peers || config != null || scoresOut != null)) {
            throw new BadUseException("--ablate-symmetry cannot be combined with --peers, --config or --scores-out");
        }
        if (data.isEmpty()) {
            return evaluateTopic();
        }
        topic.refuseBesideFiles();
        List<EvaluationSet> sets = DataFolders.find(data, trainShare);
        DetectorConfig detectorConfig = config == null ? null : DetectorConfig.load(config);
        OutputPath.folder("--scores-out", scoresOut);
        OutputPath.folder("--out", out);
        OutputPath.file("--json", json);
        LogFile.in(Path.of(".noether"));
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        if (ablateSymmetry) {
            ablate(sets, screen);
            return ExitCode.DONE;
        }
        List<Peer> peerDetectors = peers ? PeerCatalog.all() : List.of();
        List<SetReport> reports = evaluate(sets, detectorConfig, peerDetectors, screen);
        for (SetReport report : reports) {
            screen.line("");
            ConsoleTable.lines(report).forEach(screen::line);
        }
        write(reports, screen);
        boolean failed = reports.stream()
                .flatMap(report -> report.series().stream())
                .anyMatch(series -> series.failures().containsKey(Evaluation.DETECTOR));
        return failed ? ExitCode.FAILED : ExitCode.DONE;
    }

    private int evaluateTopic() throws IOException, InterruptedException {
        if (config == null) {
            throw new BadUseException("DATA or --config is missing: name files, or the detector file of a topic");
        }
        if (peers || ablateSymmetry) {
            throw new BadUseException("--peers and --ablate-symmetry need files with labels, not a topic");
        }
        DetectorConfig detector = DetectorConfig.load(config);
        LogFile.in(Path.of(".noether"));
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        TopicEvaluation evaluation = TopicEvaluation.of(detector, topic, trainShare, screen);
        OutputPath.folder("--scores-out", scoresOut);
        OutputPath.folder("--out", out);
        OutputPath.file("--json", json);
        evaluation.run(out, json, scoresOut);
        showFiles(screen);
        return ExitCode.DONE;
    }

    private void ablate(List<EvaluationSet> sets, Screen screen) throws IOException, InterruptedException {
        List<AblationReport> reports = new AblationRun(jobs, screen).run(sets);
        for (AblationReport report : reports) {
            screen.line("");
            AblationTable.lines(report).forEach(screen::line);
        }
        if (json != null) {
            AblationJson.write(json, reports);
        }
        if (out != null) {
            Files.writeString(out.resolve("index.html"), AblationPage.of(reports));
        }
        showFiles(screen);
    }

    private List<SetReport> evaluate(
            List<EvaluationSet> sets, @Nullable DetectorConfig detectorConfig, List<Peer> peerDetectors, Screen screen)
            throws IOException, InterruptedException {
        Path temporary = Files.createTempDirectory("noether-evaluate");
        try (BoundedJobCluster cluster = BoundedJobCluster.start(jobs)) {
            ScoreFiles files = scoresOut == null ? null : new ScoreFiles(scoresOut);
            return new Evaluation(
                            new FlinkBacktest(cluster, temporary, detectorConfig),
                            peerDetectors,
                            jobs,
                            new EvaluationProgress(screen, files))
                    .run(sets);
        } finally {
            TemporaryFolders.delete(temporary);
        }
    }

    private void write(List<SetReport> reports, Screen screen) throws IOException {
        if (json != null) {
            JsonReport.write(json, reports);
        }
        if (out != null) {
            Files.writeString(out.resolve("index.html"), EvaluationPage.of(reports));
        }
        showFiles(screen);
    }

    private void showFiles(Screen screen) {
        if (json != null) {
            screen.line("Metrics: " + json);
        }
        if (out != null) {
            screen.line("Page: " + out.resolve("index.html"));
        }
    }
}
