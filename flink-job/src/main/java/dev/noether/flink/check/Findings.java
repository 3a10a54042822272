package dev.noether.flink.check;

import dev.noether.schemas.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects findings, and words those that an import and the observations have in common. Not thread safe. */
final class Findings {
    /** Less than this share of missing values is not worth a warning. */
    private static final double MISSING_SHARE = 0.05;

    private final List<Finding> list = new ArrayList<>();

    List<Finding> list() {
        return list;
    }

    void addAll(List<Finding> others) {
        list.addAll(others);
    }

    void problem(String format, Object... values) {
        list.add(Finding.problem(String.format(Locale.ROOT, format, values)));
    }

    void warning(String format, Object... values) {
        list.add(Finding.warning(String.format(Locale.ROOT, format, values)));
    }

    void information(String format, Object... values) {
        list.add(Finding.information(String.format(Locale.ROOT, format, values)));
    }

    /**
     * Records that are rejected.
     *
     * @param records number of records in the sample
     * @param subject what is rejected, such as "records"
     * @param isAll whether nothing of the sample can be used
     */
    void rejected(
            Map<RejectionReason, ObservationSample.Rejection> rejections, long records, String subject, boolean isAll) {
        rejections.forEach((reason, rejection) -> {
            String text = String.format(
                    Locale.ROOT,
                    "%,d of %,d %s rejected (%s), the first because %s",
                    rejection.count(),
                    records,
                    subject,
                    reason,
                    rejection.example());
            list.add(isAll ? Finding.problem(text) : Finding.warning(text));
        });
    }

    /** A feature that lacks a value in a share of the observations. */
    void missing(String feature, double share) {
        if (share > MISSING_SHARE) {
            warning(
                    "the feature `%s` has no value in %.0f %% of the observations (entities.missing decides what"
                            + " replaces it)",
                    feature, 100 * share);
        }
    }

    /** A feature whose values are all the same. */
    void constant(String feature, FeatureSample values) {
        warning(
                "the feature `%s` is %s in all of its %,d values; check that it is reported correctly",
                feature, values.lowest(), values.count());
    }
}
