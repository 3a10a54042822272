package dev.noether.flink.renewal;

import dev.noether.model.gate.RankCorrelation;
import dev.noether.model.gate.ShadowChecks;
import dev.noether.model.gate.ShadowEvidence;
import dev.noether.schemas.ModelIdentity;
import dev.noether.schemas.Score;
import dev.noether.schemas.ShadowAlarms;
import dev.noether.schemas.ShadowFigures;
import dev.noether.schemas.ShadowRange;
import dev.noether.schemas.ShadowRows;
import dev.noether.schemas.ShadowScore;
import dev.noether.schemas.Verdict;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What a challenger in shadow and the model in force said of the rows of a range. It depends on the scores alone, and on
 * their order only within an entity, so a tally that is made again is the same.
 *
 * <p>Anomalous rows of an entity, of whichever model, with at most {@value #PAUSE} rows between them are one alarm: rows
 * of an incident alarm together, and are no independent events. Ranks are those of a sample of at most
 * {@value #MOST_RANKED} rows, chosen by their place in the topic. Needs memory for the entities that alarm at the moment,
 * at most {@value #MOST_OPEN}, and some hundred kB. Not thread safe.
 */
final class ShadowTally {
    private static final int PAUSE = 10;
    private static final int MOST_OPEN = 100_000;
    private static final int MOST_RANKED = 8_192;
    /** Number of bits by which distinct entities are counted. */
    private static final int BITS = 1 << 20;

    private static final int MIX = 0x9E3779B9;

    private final ModelIdentity challenger;
    private final ModelIdentity champion;
    private final String challengerHash;
    private final String championHash;
    private final ShadowRange range;

    private final BitSet entities = new BitSet(BITS);
    private final Map<String, Alarm> open = new HashMap<>();
    private final PriorityQueue<Ranked> ranked = new PriorityQueue<>();
    private long compared;
    private long unjudged;
    private long notFinite;
    private long flaggedByBoth;
    private long flaggedByChallenger;
    private long flaggedByChampion;
    private long shared;
    private long challengerOnly;
    private long championOnly;

    /** An alarm that has not ended. */
    private static final class Alarm {
        private boolean isChallengers;
        private boolean isChampions;
        private int rowsSince;
    }

    /** A row of the sample; the one with the largest key leaves it first. */
    private record Ranked(long key, float challenger, float champion) implements Comparable<Ranked> {
        @Override
        public int compareTo(Ranked other) {
            return Long.compare(other.key, key);
        }
    }

    ShadowTally(ModelIdentity challenger, ModelIdentity champion, ShadowRange range) {
        this.challenger = challenger;
        this.champion = champion;
        this.challengerHash = challenger.shortHash();
        this.championHash = champion.shortHash();
        this.range = range;
    }

    /** Whether this is the tally of a shadow. */
    boolean isOf(ModelIdentity otherChallenger, ModelIdentity otherChampion, ShadowRange otherRange) {
        return challenger.equals(otherChallenger) && champion.equals(otherChampion) && range.equals(otherRange);
    }

    /** Adds a score of the detector. Scores of an entity come in the order of the topic. */
    void add(Score score) {
        if (!range.contains(score.eventTime()) || !isChampions(score)) {
            return;
        }
        ShadowScore shadow = score.shadow();
        if (shadow == null || !isChallengers(shadow)) {
            unjudged++;
            return;
        }
        compared++;
        int hash = score.entity().hashCode() * MIX;
        entities.set(hash >>> Integer.SIZE - Integer.numberOfTrailingZeros(BITS));
        if (!Double.isFinite(shadow.pValue())) {
            notFinite++;
        } else if (Double.isFinite(score.pValue())) {
            rank(score, shadow);
        }
        flag(score.entity(), shadow.verdict() == Verdict.ANOMALOUS, score.verdict() == Verdict.ANOMALOUS);
    }

    private boolean isChampions(Score score) {
        return score.modelVersion() == champion.version() && championHash.equals(score.modelHash());
    }

    private boolean isChallengers(ShadowScore shadow) {
        return shadow.modelVersion() == challenger.version() && challengerHash.equals(shadow.modelHash());
    }

    private void flag(String entity, boolean byChallenger, boolean byChampion) {
        Alarm alarm = open.get(entity);
        if (!byChallenger && !byChampion) {
            if (alarm != null && ++alarm.rowsSince > PAUSE) {
                count(alarm);
                open.remove(entity);
            }
            return;
        }
        flaggedByBoth += byChallenger && byChampion ? 1 : 0;
        flaggedByChallenger += byChallenger && !byChampion ? 1 : 0;
        flaggedByChampion += byChampion && !byChallenger ? 1 : 0;
        if (alarm == null) {
            alarm = new Alarm();
            if (open.size() < MOST_OPEN) {
                open.put(entity, alarm);
            }
        }
        alarm.rowsSince = 0;
        alarm.isChallengers |= byChallenger;
        alarm.isChampions |= byChampion;
        if (open.get(entity) == null) {
            count(alarm);
        }
    }

    private void count(Alarm alarm) {
        if (alarm.isChallengers && alarm.isChampions) {
            shared++;
        } else if (alarm.isChallengers) {
            challengerOnly++;
        } else {
            championOnly++;
        }
    }

    /** The logarithm has the order of the p-values, and distinguishes small ones also in single precision. */
    private void rank(Score score, ShadowScore shadow) {
        long key = mix(score.sourceOffset() * 31 + score.sourcePartition());
        if (ranked.size() == MOST_RANKED) {
            if (key >= ranked.element().key) {
                return;
            }
            ranked.remove();
        }
        ranked.add(new Ranked(key, (float) -Math.log(shadow.pValue()), (float) -Math.log(score.pValue())));
    }

    /** The finalizer of MurmurHash3. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    /** Returns the numbers of rows. */
    ShadowRows rows() {
        double free = Math.max(1, BITS - entities.cardinality());
        return new ShadowRows(
                compared,
                unjudged,
                Math.round(BITS * Math.log(BITS / free)),
                flaggedByBoth,
                flaggedByChallenger,
                flaggedByChampion);
    }

    /** Returns the numbers of alarms, with those that have not ended. */
    ShadowAlarms alarms() {
        long both = shared;
        long own = challengerOnly;
        long other = championOnly;
        for (Alarm alarm : open.values()) {
            both += alarm.isChallengers && alarm.isChampions ? 1 : 0;
            own += alarm.isChallengers && !alarm.isChampions ? 1 : 0;
            other += alarm.isChampions && !alarm.isChallengers ? 1 : 0;
        }
        return new ShadowAlarms(both, own, other);
    }

    /**
     * Returns how both models compare.
     *
     * @param cost the measured cost; NaN if there is none
     */
    ShadowFigures figures(double cost) {
        ShadowAlarms alarms = alarms();
        ShadowChecks.RatioInterval ratio =
                ShadowChecks.ratio(alarms.shared(), alarms.challengerOnly(), alarms.championOnly());
        return new ShadowFigures(ratio.low(), ratio.high(), correlation(), cost);
    }

    private double correlation() {
        float[] ofChallenger = new float[ranked.size()];
        float[] ofChampion = new float[ranked.size()];
        int i = 0;
        for (Ranked row : ranked) {
            ofChallenger[i] = row.challenger;
            ofChampion[i++] = row.champion;
        }
        return RankCorrelation.of(ofChallenger, ofChampion);
    }

    /**
     * Returns what the decision rests on.
     *
     * @param promised alarms promised per row
     */
    ShadowEvidence evidence(double promised) {
        ShadowAlarms alarms = alarms();
        return new ShadowEvidence(
                compared,
                unjudged,
                notFinite,
                alarms.shared(),
                alarms.challengerOnly(),
                alarms.championOnly(),
                promised,
                correlation(),
                ranked.size());
    }
}
