package dev.noether.flink.retrain;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which of the episodes that models found anomalous are trained on all the same.
 *
 * <p><b>False alarms.</b> One odd row makes the scores of all windows that contain it high, and no more. So an episode
 * of at most as many rows is taken for a false alarm, unless there are more of them than thresholds let pass at the
 * promised rate: they adapt within a factor of {@value #RATE_FACTOR}. Then the least probable ones are left out, and
 * always those with a p-value that a history of this length does not reach by chance. False alarms are the highest
 * normal scores. They are few rows, which teach a model nothing, but much of the spread that the next model measures:
 * without them its baselines would be too narrow, so that it would rank incidents worse and alarm more often.
 *
 * <p><b>New normal.</b> An entity that is anomalous until the end of the history, for more than a share of it, has not
 * gone back, so this is its new normal behaviour.
 *
 * <p>Immutable, if the episodes are.
 */
final class NormalEpisodes {
    private static final Logger LOG = LoggerFactory.getLogger(NormalEpisodes.class);

    /** Thresholds keep the rate of alarms within this factor of the promise. */
    private static final double RATE_FACTOR = 4;

    /** The number of false alarms may exceed its mean by this many deviations of a Poisson count. */
    private static final double CHANCE_DEVIATIONS = 3;

    /** A p-value that one normal row in the history reaches with this probability belongs to an incident. */
    private static final double CHANCE_IN_HISTORY = 0.01;

    /**
     * Beyond the calibrated scores p-values are extrapolated. In histories without incidents their logarithms were up to
     * 1.4 times too large.
     */
    private static final double EXTRAPOLATION = 2;

    private final Limits limits;
    private final HistoryFilter.Scored scored;
    private final float falseAlarmSurprise;

    /**
     * What is no incident.
     *
     * @param oddRowWindows windows that contain one row; an incident lasts longer
     * @param newNormalShare share of the history after which what is still anomalous at its end is the new normal
     */
    record Limits(int oddRowWindows, double newNormalShare) {}

    /**
     * Makes the rule for a history.
     *
     * @param flagged all episodes
     * @param scored the rows that models scored
     */
    NormalEpisodes(Episodes flagged, HistoryFilter.Scored scored, Limits limits) {
        this.limits = limits;
        this.scored = scored;
        double expected = RATE_FACTOR * scored.promisedAlarms();
        int most = (int) (expected + CHANCE_DEVIATIONS * Math.sqrt(expected));
        double improbable = EXTRAPOLATION * Math.log((scored.rows() + 1) / CHANCE_IN_HISTORY);
        falseAlarmSurprise = (float) Math.min(flagged.surpriseOfWeakest(most, this::isShort), improbable);
        log(flagged, most);
    }

    private void log(Episodes flagged, int most) {
        int episodes = flagged.count();
        if (episodes > 0) {
            LOG.info(
                    "The models in force found {} episodes of the history anomalous, {} of at most {} rows. The budget"
                            + " promises {} false alarms; up to {} of these, with p-values of at least {}, are trained on.",
                    episodes,
                    flagged.count(this::isShort),
                    limits.oddRowWindows,
                    Math.round(scored.promisedAlarms()),
                    most,
                    Math.exp(-falseAlarmSurprise));
        }
        int newNormals = flagged.count(this::isNewNormal);
        if (newNormals > 0) {
            LOG.warn(
                    "{} entities are anomalous until the end of the history, for more than {} of it. These rows are"
                            + " trained on as their new normal behaviour. If they are an incident, confirm it.",
                    newNormals,
                    limits.newNormalShare);
        }
    }

    /** Whether an episode is trained on. */
    boolean isNormal(EntityEpisodes own, int episode) {
        return isShort(own, episode) && own.surprise(episode) <= falseAlarmSurprise || isNewNormal(own, episode);
    }

    private boolean isShort(EntityEpisodes own, int episode) {
        return own.rows(episode) <= limits.oddRowWindows;
    }

    /** Whether an episode lasts until the end, and too long for an incident. */
    boolean isNewNormal(EntityEpisodes own, int episode) {
        return own.to(episode) > scored.last()
                && scored.last() - own.from(episode) > limits.newNormalShare * (scored.last() - scored.first());
    }
}
