package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.feature.Scaling;
import dev.noether.model.feature.ScalingKind;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.numeric.PrincipalComponents;
import dev.noether.model.numeric.RankingMetrics;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.model.testing.TestingArtifacts;
import dev.noether.testing.RealData;
import dev.noether.testing.RecordedStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Detection on two machines of the public Server Machine Dataset, beside principal components on the same windows. */
final class ServerMachinesTest {
    private static final List<String> MACHINES = List.of("machine-1-2", "machine-1-6");
    private static final int WINDOW = 4;
    private static final int CODE = 10;

    @Test
    void findsIncidentsAboutAsWellAsPrincipalComponentsOrBetter() throws Exception {
        Optional<Path> found = RealData.find("streams", "smd");
        if (found.isEmpty()) {
            System.out.println("skipped: no recorded streams `smd` found; point -Dnoether.data at the data sets");
        }
        assumeTrue(found.isPresent(), "the recorded streams `smd` are not on this machine");
        List<RecordedStream> train = new ArrayList<>();
        List<RecordedStream> test = new ArrayList<>();
        for (String machine : MACHINES) {
            train.add(RecordedStream.read(found.get().resolve(machine).resolve("train.csv.gz")));
            test.add(RecordedStream.read(found.get().resolve(machine).resolve("test.csv.gz")));
        }
        boolean[] labels = labels(test);
        float[] scores;
        Scaling scaling;
        try (Engine engine = new OpenBlasEngine()) {
            ModelArtifact model = train(engine, train);
            scaling = model.scaling();
            scores = scores(engine, model, test);
        }
        double detector = RankingMetrics.aucPr(scores, labels);
        double components = RankingMetrics.aucPr(componentErrors(scaling, train, test), labels);
        System.out.printf(
                "AUC-PR on %s: %.3f, principal components %.3f, ratio %.3f%n",
                MACHINES, detector, components, detector / components);
        assertThat(detector / components).isGreaterThan(0.9);
    }

    private static ModelArtifact train(Engine engine, List<RecordedStream> train) {
        TrainingOptions training = TrainingOptions.defaults().withEpochs(12).withBatchSize(128);
        DetectorOptions options = new DetectorOptions(
                new NetworkOptions(WINDOW, CODE, List.of(), Architecture.PCA_RESIDUAL),
                WINDOW - 1,
                ScalingKind.STANDARD,
                training,
                new HistoryOptions(1000, 0.15, 0.15),
                WindowSymmetry.NONE,
                ScoreRule.DEFAULT);
        List<EntityHistory> histories = new ArrayList<>();
        for (int m = 0; m < train.size(); m++) {
            long[] times = new long[train.get(m).count()];
            Arrays.setAll(times, i -> i * 60_000L);
            histories.add(EntityHistory.of(MACHINES.get(m), times, train.get(m).rows()));
        }
        return new DetectorTrainer(engine, options)
                .train(
                        TestingArtifacts.features(train.get(0).features()),
                        histories,
                        new TreeMap<>(),
                        TrainingProgress.SILENT)
                .model();
    }

    private static float[] scores(Engine engine, ModelArtifact model, List<RecordedStream> test) {
        float[] scores = new float[windows(test)];
        int count = 0;
        int features = model.features().size();
        try (WindowScorer scorer = new WindowScorer(model, engine, 256)) {
            for (int m = 0; m < test.size(); m++) {
                RecordedStream stream = test.get(m);
                WindowBuffer buffer = new WindowBuffer(WINDOW, 0, features);
                EntityBaseline start = model.startingBaseline(MACHINES.get(m));
                EntityBaseline baseline = start.copy();
                for (int i = 0; i < stream.count(); i++) {
                    int position = buffer.addStored(i, stream.rows(), i * features);
                    if (buffer.windowEndsAt(position)) {
                        scorer.add(buffer, position);
                    }
                    if (scorer.isFull() || i == stream.count() - 1) {
                        for (int row = 0; row < scorer.size(); row++) {
                            Judgement judgement = scorer.judge(row, baseline, start);
                            scores[count++] = (float) judgement.score();
                        }
                        scorer.clear();
                    }
                }
            }
        }
        return scores;
    }

    /** The mean squared error of the whole scaled window. */
    private static float[] componentErrors(Scaling scaling, List<RecordedStream> train, List<RecordedStream> test) {
        int width = WINDOW * scaling.size();
        float[] trained = windows(scaling, train);
        PrincipalComponents components = PrincipalComponents.fit(trained, trained.length / width, width, CODE);
        float[] judged = windows(scaling, test);
        float[] errors = new float[judged.length / width];
        for (int i = 0; i < errors.length; i++) {
            errors[i] = (float) components.reconstructionError(judged, i * width);
        }
        return errors;
    }

    private static float[] windows(Scaling scaling, List<RecordedStream> streams) {
        int width = WINDOW * scaling.size();
        float[] windows = new float[windows(streams) * width];
        int count = 0;
        for (RecordedStream stream : streams) {
            WindowBuffer buffer = new WindowBuffer(WINDOW, 0, scaling.size());
            for (int i = 0; i < stream.count(); i++) {
                int position = buffer.addStored(i, stream.rows(), i * scaling.size());
                if (buffer.windowEndsAt(position)) {
                    buffer.copyWindow(position, scaling, windows, count++ * width);
                }
            }
        }
        return windows;
    }

    private static int windows(List<RecordedStream> streams) {
        return streams.stream().mapToInt(stream -> stream.count() - WINDOW + 1).sum();
    }

    private static boolean[] labels(List<RecordedStream> streams) {
        boolean[] labels = new boolean[windows(streams)];
        int count = 0;
        for (RecordedStream stream : streams) {
            for (int i = WINDOW - 1; i < stream.count(); i++) {
                labels[count++] = stream.labels()[i];
            }
        }
        return labels;
    }
}
