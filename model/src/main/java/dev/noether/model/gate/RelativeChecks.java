package dev.noether.model.gate;

import dev.noether.model.gate.HeldOutRows.Segment;
import dev.noether.model.gate.PlannedBreak.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The comparison of a challenger with the champion on the same rows and breaks. The challenger fails a check if it is
 * worse by more than a margin, and if a paired test shows that it is worse at all. So a difference within noise passes,
 * however large it looks, and a real difference that does not matter passes too.
 */
final class RelativeChecks {
    /** A loss of area under the ROC that matters. */
    static final double MOST_AREA_LOSS = 0.02;

    /** A growth of the squared error that matters. */
    static final double MOST_ERROR_GROWTH = 0.05;

    /**
     * A challenger that alarms on a smaller share of the breaks that the champion alarms on is deaf. A model with 20
     * times the alarms of another finds about a quarter more breaks, so a champion that alarms too often does not keep a
     * good challenger out. After a change of what is normal the champion's scores are all high, and it finds many
     * breaks; so a challenger that separates them better is not refused, and none if the champion alarms too often.
     */
    static final double LEAST_FOUND_SHARE = 0.5;

    private static final double CONFIDENCE = AbsoluteChecks.CONFIDENCE;

    private final HeldOutRows rows;
    private final ReplayResult challenger;
    private final ReplayResult champion;

    RelativeChecks(HeldOutRows rows, ReplayResult challenger, ReplayResult champion) {
        this.rows = rows;
        this.challenger = challenger;
        this.champion = champion;
    }

    /**
     * All comparisons.
     *
     * @param rate alarms promised per row
     */
    List<Figure> figures(double rate) {
        List<Figure> figures = new ArrayList<>();
        boolean separatesBetter = false;
        for (Kind kind : List.of(Kind.MIXED, Kind.REVERSED)) {
            if (challenger.of(kind).count() > 1) {
                PairedDifference loss = loss(kind);
                figures.add(area(kind, loss));
                separatesBetter |=
                        new PairedDifference(-loss.mean(), loss.error(), loss.count()).isPositive(CONFIDENCE);
            }
        }
        if (challenger.of(Kind.MIXED).count() + challenger.of(Kind.REVERSED).count() > 1) {
            figures.add(found(separatesBetter || alarmsTooOften(rate)));
        }
        Figure error = error(separatesBetter);
        if (!Double.isNaN(error.challenger())) {
            figures.add(error);
        }
        return figures;
    }

    private PairedDifference loss(Kind kind) {
        return BreakArea.of(challenger.of(kind)).lossAgainst(BreakArea.of(champion.of(kind)));
    }

    private Figure area(Kind kind, PairedDifference loss) {
        double own = BreakArea.of(challenger.of(kind)).area();
        double other = BreakArea.of(champion.of(kind)).area();
        boolean isMixed = kind == Kind.MIXED;
        return new Figure(
                isMixed ? "breaks" : "shapeBreaks",
                own,
                other,
                other - MOST_AREA_LOSS,
                !(loss.mean() > MOST_AREA_LOSS && loss.isPositive(CONFIDENCE)),
                String.format(
                        Locale.ROOT,
                        "separates %,d %s from normal rows with an area under the ROC of %.3f, the champion %.3f; the"
                                + " difference is certain within %.3f",
                        challenger.of(kind).count(),
                        isMixed ? "rows with values of other times" : "parts of the signal that run backwards",
                        own,
                        other,
                        loss.margin(CONFIDENCE)));
    }

    /** Whether the champion's own alarms are too many to be a standard. */
    private boolean alarmsTooOften(double rate) {
        AlarmEpisodes episodes = AlarmEpisodes.of(rows, champion.alarms(), new boolean[rows.count()]);
        return episodes.leastRate(rows.count(), CONFIDENCE) > AbsoluteChecks.RATE_FACTOR * rate;
    }

    private Figure found(boolean isExcused) {
        List<Double> differences = new ArrayList<>();
        int own = 0;
        int other = 0;
        for (Kind kind : List.of(Kind.MIXED, Kind.REVERSED)) {
            boolean[] ofChallenger = challenger.of(kind).isFound();
            boolean[] ofChampion = champion.of(kind).isFound();
            for (int i = 0; i < ofChallenger.length; i++) {
                own += ofChallenger[i] ? 1 : 0;
                other += ofChampion[i] ? 1 : 0;
                differences.add((ofChampion[i] ? LEAST_FOUND_SHARE : 0) - (ofChallenger[i] ? 1 : 0));
            }
        }
        PairedDifference lack = PairedDifference.of(
                differences.stream().mapToDouble(Double::doubleValue).toArray());
        int all = differences.size();
        return new Figure(
                "breaksFound",
                (double) own / all,
                (double) other / all,
                LEAST_FOUND_SHARE * other / all,
                !lack.isPositive(CONFIDENCE) || isExcused,
                "alarms on " + own + " of " + all + " breaks put into the rows, the champion on " + other
                        + "; at least " + Wording.percent(LEAST_FOUND_SHARE) + " of these are needed");
    }

    private Figure error(boolean separatesBetter) {
        List<Double> blocks = new ArrayList<>();
        double own = 0;
        double other = 0;
        int count = 0;
        for (Segment segment : rows.segments()) {
            int end = segment.first() + segment.count();
            for (int from = segment.first(); from < end; from += HeldOutRows.BLOCK_ROWS) {
                double difference = 0;
                int normal = 0;
                for (int i = from; i < Math.min(end, from + HeldOutRows.BLOCK_ROWS); i++) {
                    if (!challenger.alarms()[i] && !champion.alarms()[i]) {
                        difference += challenger.errors()[i] - (double) champion.errors()[i];
                        own += challenger.errors()[i];
                        other += champion.errors()[i];
                        normal++;
                    }
                }
                count += normal;
                if (normal > 0) {
                    blocks.add(difference / normal);
                }
            }
        }
        PairedDifference growth = PairedDifference.of(
                blocks.stream().mapToDouble(Double::doubleValue).toArray());
        double ownError = Math.exp(own / count);
        double otherError = Math.exp(other / count);
        boolean isWorse = growth.mean() > Math.log1p(MOST_ERROR_GROWTH) && growth.isPositive(CONFIDENCE);
        return new Figure(
                "error",
                ownError,
                otherError,
                otherError * (1 + MOST_ERROR_GROWTH),
                !isWorse || separatesBetter,
                "the squared error on rows without an alarm is " + Wording.number(ownError) + " of the variance, the"
                        + " champion's " + Wording.number(otherError)
                        + (isWorse && separatesBetter ? "; accepted, because breaks stand out more" : ""));
    }

    /**
     * Incidents that a person has confirmed, and that the champion finds, must be found. A p-value within the factor by
     * which thresholds adapt is no miss.
     *
     * @param rate alarms promised per row
     */
    static Figure incidents(ReplayResult challenger, ReplayResult champion, double rate) {
        int all = challenger.incidents().length;
        int lost = 0;
        for (int i = 0; i < all; i++) {
            boolean isLost = champion.incidents()[i] <= rate
                    && !(challenger.incidents()[i] <= AbsoluteChecks.RATE_FACTOR * rate);
            lost += isLost ? 1 : 0;
        }
        long own = Arrays.stream(challenger.incidents()).filter(p -> p <= rate).count();
        long other = Arrays.stream(champion.incidents()).filter(p -> p <= rate).count();
        return new Figure(
                "confirmedIncidents",
                own,
                other,
                other,
                lost == 0,
                "alarms in " + own + " of " + all + " confirmed incidents, the champion in " + other + "; " + lost
                        + " are clearly missed that the champion finds");
    }
}
