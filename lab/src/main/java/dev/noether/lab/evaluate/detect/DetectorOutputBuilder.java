package dev.noether.lab.evaluate.detect;

import dev.noether.cli.stack.StackException;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.detect.DetectorOutput.AlarmRule;
import dev.noether.lab.evaluate.detect.DetectorOutput.FeatureContributions;
import dev.noether.lab.evaluate.detect.DetectorOutput.Findings;
import dev.noether.lab.evaluate.detect.DetectorOutput.RowScores;
import dev.noether.lab.evaluate.detect.DetectorOutput.Timing;
import dev.noether.lab.metric.LabelledEvent;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.shape.ShapeStatement;
import dev.noether.schemas.Contribution;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Score;
import dev.noether.schemas.UnscoredReason;
import dev.noether.schemas.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the scores and incidents of a scoring job into a {@link DetectorOutput}. Not thread-safe. */
final class DetectorOutputBuilder {
    private final Map<String, Integer> features = new HashMap<>();
    /** Sentences of features that no row has any more. */
    private final List<String> goneFeatures = new ArrayList<>();

    private final Map<String, Incident> latestIncidents = new LinkedHashMap<>();
    private final String entity;
    private final long[] times;
    private final double[] scores;
    private final double[] alarmScores;
    private final double[] pValues;
    private final Verdict[] verdicts;
    private final double[] thresholds;
    private final double[] shareSums;
    private final float @Nullable [] weights;
    private final float @Nullable [] shares;
    private int coldStarts;

    DetectorOutputBuilder(EvaluationSeries series) {
        int rows = series.test().length();
        for (int j = 0; j < series.width(); j++) {
            features.put(series.features().get(j), j);
        }
        entity = series.name();
        times = series.test().times();
        scores = unknownValues(rows);
        alarmScores = unknownValues(rows);
        pValues = unknownValues(rows);
        thresholds = unknownValues(rows);
        shareSums = new double[series.width()];
        verdicts = new Verdict[rows];
        Arrays.fill(verdicts, Verdict.UNSCORED);
        boolean causes = !series.causes().isEmpty();
        weights = causes ? new float[Math.multiplyExact(rows, series.width())] : null;
        shares = causes ? new float[Math.multiplyExact(rows, series.width())] : null;
    }

    /**
     * Checks that the job scored with the model. A job without a model still answers each row, and its figures would be
     * those of no detector.
     *
     * @throws StackException if a test row had no model
     */
    void requireModel() {
        if (coldStarts > 0) {
            throw new StackException(entity + ": the scoring job had no model for " + coldStarts + " of " + times.length
                    + " test rows; it refused the model that was just trained, and its log says why");
        }
    }

    /** Adds the score of one test row. Scores of warm-up rows, whose offset is negative, are ignored. */
    void add(Score score) {
        if (score.sourceOffset() < 0) {
            return;
        }
        int row = Math.toIntExact(score.sourceOffset());
        coldStarts += score.unscoredReason() == UnscoredReason.COLD_START ? 1 : 0;
        scores[row] = score.score();
        alarmScores[row] = score.alarm();
        pValues[row] = score.pValue();
        verdicts[row] = score.verdict();
        thresholds[row] = score.threshold();
        if (score.verdict() == Verdict.ANOMALOUS) {
            addShares(score);
        }
        if (weights != null && shares != null) {
            for (Contribution contribution : score.contributions()) {
                Integer feature = features.get(contribution.feature());
                if (feature != null) {
                    int place = row * features.size() + feature;
                    shares[place] = (float) contribution.share();
                    weights[place] = contribution.deviation() * contribution.deviation();
                }
            }
        }
    }

    private void addShares(Score score) {
        for (Contribution contribution : score.contributions()) {
            Integer feature = features.get(contribution.feature());
            if (feature != null) {
                shareSums[feature] += contribution.share();
            }
        }
    }

    DetectorOutput build(ModelArtifact model, double budget, Timing timing) {
        List<FoundIncident> incidents = incidents();
        return new DetectorOutput(
                new RowScores(scores, alarmScores, pValues, verdicts, thresholds),
                weights == null || shares == null ? null : new FeatureContributions(weights, shares),
                incidents.stream().map(FoundIncident::rows).toList(),
                new AlarmRule(budget, model.calibration(), model.adaptation()),
                timing,
                new Findings(sentences(incidents), shareSums),
                RankDelay.of(model, entity),
                null,
                ShapeStatement.of(model.provenance()));
    }

    /** Adds an incident update; the last update of an incident replaces earlier ones. */
    void add(Incident incident) {
        if (incident.kind() == IncidentKind.STALL && incident.state() == IncidentState.OPENED) {
            goneFeatures.add(Instant.ofEpochMilli(incident.start()) + " "
                    + incident.diagnosis().description());
        }
        if (incident.kind() == IncidentKind.ANOMALY && incident.end() > times[0]) {
            latestIncidents.put(incident.id(), incident);
        }
    }

    /** An incident with its rows and its description. */
    private record FoundIncident(LabelledEvent rows, String sentence) {}

    private List<String> sentences(List<FoundIncident> incidents) {
        List<String> sentences = new ArrayList<>(goneFeatures);
        incidents.forEach(incident -> sentences.add(incident.sentence()));
        Collections.sort(sentences);
        return sentences;
    }

    /** The incidents that touch a test row, ordered by start. */
    private List<FoundIncident> incidents() {
        List<FoundIncident> incidents = new ArrayList<>();
        for (Incident incident : latestIncidents.values()) {
            int start = firstRowFrom(incident.start());
            int end = firstRowFrom(incident.end());
            if (end > start) {
                incidents.add(new FoundIncident(
                        new LabelledEvent(start, end),
                        Instant.ofEpochMilli(incident.start()) + " "
                                + incident.diagnosis().description()));
            }
        }
        incidents.sort(Comparator.comparingInt(incident -> incident.rows().start()));
        return incidents;
    }

    private int firstRowFrom(long time) {
        int found = Arrays.binarySearch(times, time);
        return found >= 0 ? found : -found - 1;
    }

    private static double[] unknownValues(int rows) {
        double[] values = new double[rows];
        Arrays.fill(values, Double.NaN);
        return values;
    }
}
