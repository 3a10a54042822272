package dev.noether.lab.evaluate.detect;

import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.metric.LabelledEvent;
import dev.noether.model.alarm.TailCalibration;
import dev.noether.schemas.Contribution;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the scores of a job in the places of their rows. Not thread-safe. */
final class JudgedSeriesReader {
    private final Map<String, Integer> features = new HashMap<>();
    private final Map<String, Incident> told = new LinkedHashMap<>();
    private final long[] times;
    private final double[] scores;
    private final double[] alarmScores;
    private final double[] pValues;
    private final Verdict[] verdicts;
    private final float @Nullable [] weights;
    private final float @Nullable [] shares;

    JudgedSeriesReader(EvaluationSeries series) {
        int rows = series.test().length();
        for (int j = 0; j < series.width(); j++) {
            features.put(series.features().get(j), j);
        }
        times = series.test().times();
        scores = filled(rows);
        alarmScores = filled(rows);
        pValues = filled(rows);
        verdicts = new Verdict[rows];
        Arrays.fill(verdicts, Verdict.UNSCORED);
        boolean causes = !series.causes().isEmpty();
        weights = causes ? new float[Math.multiplyExact(rows, series.width())] : null;
        shares = causes ? new float[Math.multiplyExact(rows, series.width())] : null;
    }

    /** Takes the score of one row; those of the rows that only warmed the windows are passed over. */
    void add(Score score) {
        if (score.sourceOffset() < 0) {
            return;
        }
        int row = Math.toIntExact(score.sourceOffset());
        scores[row] = score.score();
        alarmScores[row] = score.alarm();
        pValues[row] = score.pValue();
        verdicts[row] = score.verdict();
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

    JudgedSeries build(
            TailCalibration calibration, double promisedRate, double trainSeconds, double secondsPerTenThousand) {
        return new JudgedSeries(
                scores,
                alarmScores,
                pValues,
                verdicts,
                weights,
                shares,
                incidents(),
                promisedRate,
                trainSeconds,
                secondsPerTenThousand,
                calibration);
    }

    /** Takes what is told of an incident; the last word counts. */
    void add(Incident incident) {
        if (incident.kind() == IncidentKind.ANOMALY && incident.end() > times[0]) {
            told.put(incident.id(), incident);
        }
    }

    /** The rows of each incident, in the order of their beginnings. */
    private List<LabelledEvent> incidents() {
        List<LabelledEvent> incidents = new ArrayList<>();
        for (Incident incident : told.values()) {
            int start = firstNotBefore(incident.start());
            int end = firstNotBefore(incident.end());
            if (end > start) {
                incidents.add(new LabelledEvent(start, end));
            }
        }
        incidents.sort(Comparator.comparingInt(LabelledEvent::start));
        return incidents;
    }

    private int firstNotBefore(long time) {
        int found = Arrays.binarySearch(times, time);
        return found >= 0 ? found : -found - 1;
    }

    private static double[] filled(int rows) {
        double[] values = new double[rows];
        Arrays.fill(values, Double.NaN);
        return values;
    }
}
