package dev.noether.cli.evaluate.detect;

import dev.noether.cli.evaluate.dataset.EvaluationSeries;
import dev.noether.model.evaluation.LabelledEvent;
import dev.noether.schemas.Contribution;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the scores of a job in the places of their rows. Not thread-safe. */
final class JudgedSeriesReader {
    /** Alarms with no more rows between them than this are one incident. */
    private static final int QUIET_ROWS = 15;

    private final Map<String, Integer> features = new HashMap<>();
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
        // The quantity that is held against the threshold; the two are one as long as a score record has only one.
        alarmScores[row] = score.score();
        pValues[row] = score.pValue();
        verdicts[row] = score.verdict();
        if (weights != null && shares != null) {
            for (Contribution contribution : score.contributions()) {
                Integer feature = features.get(contribution.feature());
                if (feature != null) {
                    int place = row * features.size() + feature;
                    shares[place] = (float) contribution.share();
                    weights[place] = (float) (contribution.share() * score.score());
                }
            }
        }
    }

    JudgedSeries build(double promisedRate, double trainSeconds, double secondsPerTenThousand) {
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
                secondsPerTenThousand);
    }

    /** Alarms joined into incidents. */
    private List<LabelledEvent> incidents() {
        boolean[] flagged = new boolean[verdicts.length];
        for (int i = 0; i < flagged.length; i++) {
            flagged[i] = verdicts[i] == Verdict.ANOMALOUS;
        }
        List<LabelledEvent> incidents = new ArrayList<>();
        for (LabelledEvent run : LabelledEvent.of(flagged)) {
            int last = incidents.size() - 1;
            if (last >= 0 && run.start() - incidents.get(last).end() <= QUIET_ROWS) {
                incidents.set(last, new LabelledEvent(incidents.get(last).start(), run.end()));
            } else {
                incidents.add(run);
            }
        }
        return incidents;
    }

    private static double[] filled(int rows) {
        double[] values = new double[rows];
        Arrays.fill(values, Double.NaN);
        return values;
    }
}
