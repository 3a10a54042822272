package dev.noether.flink.retrain;

import dev.noether.model.training.BlockSampler;
import dev.noether.model.training.EntityHistory;
import dev.noether.model.training.HistoryTrimmer;
import dev.noether.model.training.LeftOutReason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that a model is trained on, and what the provenance says of the others. If models found more rows anomalous
 * than the limit allows, these rows are the new normal behaviour, and are trained on.
 *
 * @param histories the histories by entity
 * @param judged the same with the rows that models found anomalous, so that a long episode is seen as a whole
 * @param provenance number of rows left out, by reason; and whether the limit was exceeded
 */
record HistorySelection(
        List<EntityHistory> histories, List<EntityHistory> judged, SortedMap<String, String> provenance) {
    /** The key of the share of rows that models found anomalous, if it exceeds the limit. */
    static final String LIMIT_KEY = "data.leftOut.limitExceeded";

    /** The key of the number of entities whose new normal behaviour is trained on. */
    static final String NEW_NORMALS_KEY = "data.newNormals";

    private static final Logger LOG = LoggerFactory.getLogger(HistorySelection.class);

    /**
     * Selects.
     *
     * @param sampler the complete sample
     * @param filter the filter that its rows went through
     * @param maxLeftOut largest share of rows left out because models found them anomalous, in [0, 1]
     */
    static HistorySelection of(BlockSampler sampler, HistoryFilter filter, double maxLeftOut) {
        Map<LeftOutReason, Long> rows = sampler.leftOutRows();
        long provisional = 0;
        for (Map.Entry<LeftOutReason, Long> entry : rows.entrySet()) {
            provisional += entry.getKey().isProvisional() ? entry.getValue() : 0;
        }
        boolean isExceeded =
                provisional > 0 && (provisional > maxLeftOut * sampler.offeredRows() || filter.isOverflowing());
        SortedMap<String, String> provenance = new TreeMap<>();
        for (LeftOutReason reason : LeftOutReason.values()) {
            long out = isExceeded && reason.isProvisional() ? 0 : rows.getOrDefault(reason, 0L);
            if (out > 0) {
                provenance.put(reason.provenanceKey(), String.valueOf(out));
            }
        }
        if (isExceeded) {
            provenance.put(LIMIT_KEY, exceeded(provisional, sampler.offeredRows(), maxLeftOut));
        } else if (!provenance.isEmpty()) {
            LOG.info("Rows that are not trained on, by reason: {}.", rows);
        }
        if (filter.newNormals() > 0) {
            provenance.put(NEW_NORMALS_KEY, String.valueOf(filter.newNormals()));
        }
        provenance.put("data.rowsScored", String.valueOf(filter.scoredRows()));
        return new HistorySelection(
                sampler.histories(isExceeded ? reason -> !reason.isProvisional() : reason -> true),
                sampler.histories(reason -> !reason.isProvisional()),
                provenance);
    }

    /**
     * Returns the selection without extreme episodes: incidents of a history that no model has scored, and long ones
     * whose single rows were not anomalous to the model that scored them.
     *
     * @param maxLeftOut largest share of rows left out, in [0, 1]
     */
    HistorySelection trimmed(HistoryTrimmer trimmer, double maxLeftOut) {
        if (maxLeftOut == 0) {
            return this;
        }
        HistoryTrimmer.Trimmed trimmed = trimmer.trim(judged, maxLeftOut);
        List<EntityHistory> kept = trimmed.rows() == 0 ? histories : trimmed.rowsOf(histories);
        int rows = count(histories) - count(kept);
        if (rows == 0) {
            return this;
        }
        LOG.info(
                "{} sampled rows are not trained on, because they belong to episodes far beyond the other rows.", rows);
        SortedMap<String, String> entries = new TreeMap<>(provenance);
        entries.put(LeftOutReason.EXTREME.provenanceKey(), String.valueOf(rows));
        return new HistorySelection(kept, judged, entries);
    }

    private static int count(List<EntityHistory> histories) {
        return histories.stream().mapToInt(EntityHistory::count).sum();
    }

    private static String exceeded(long provisional, long offered, double maxLeftOut) {
        String share = String.format(Locale.ROOT, "%.1f %%", 100.0 * provisional / offered);
        LOG.warn(
                "The models in force found {} of the rows of the history anomalous, more than retraining.maxLeftOut"
                        + " ({}). These rows are trained on as the new normal behaviour. If they are an incident, confirm it or"
                        + " raise the setting.",
                share,
                maxLeftOut);
        return share;
    }
}
