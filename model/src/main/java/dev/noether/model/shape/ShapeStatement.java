package dev.noether.model.shape;

import java.util.Map;

/** Says in one sentence whether a model judges shapes, and why not. */
public final class ShapeStatement {
    private ShapeStatement() {}

    /**
     * The sentence, without a full stop.
     *
     * @param provenance provenance of a model, or the figures of a {@link ShapeTrainer.Decision}
     * @return empty if the model was trained with {@code model.shape: off}, or by a version without a shape view
     */
    public static String of(Map<String, String> provenance) {
        String used = provenance.get("shape.used");
        if (used == null) {
            return "";
        }
        if (!Boolean.parseBoolean(used)) {
            return "shapes are not judged: " + provenance.getOrDefault("shape.reason", "the reason is unknown");
        }
        String periods = provenance.getOrDefault("shape.period", "?").replace(" ", " or ");
        return "the shape of " + provenance.getOrDefault("shape.feature", "the signal")
                + " is judged: it repeats after about " + periods + " rows" + doubt(provenance);
    }

    /** What keeps {@code model.shape: auto} from judging; of several groups the figures are not known. */
    private static String doubt(Map<String, String> provenance) {
        if (!"1".equals(provenance.get("shape.groups"))) {
            return "";
        }
        String prominence = provenance.getOrDefault("shape.prominence", "1");
        if (Double.parseDouble(prominence) < ShapeTrainer.LEAST_PROMINENCE) {
            return ", but not clearly (prominence " + prominence + "; `model.shape: auto` needs "
                    + ShapeTrainer.LEAST_PROMINENCE + ")";
        }
        String deviation = provenance.getOrDefault("shape.deviation", "0");
        if (Double.parseDouble(deviation) > ShapeTrainer.LARGEST_DEVIATION) {
            return ", but its periods differ (deviation " + deviation + "; `model.shape: auto` allows "
                    + ShapeTrainer.LARGEST_DEVIATION + ")";
        }
        return "";
    }

    /**
     * Whether a model does not judge shapes although {@code model.shape: on} asked for it.
     *
     * @param provenance provenance of the model
     */
    public static boolean isMissing(ShapeChoice choice, Map<String, String> provenance) {
        return choice == ShapeChoice.ON && !Boolean.parseBoolean(provenance.get("shape.used"));
    }

    /**
     * The longest period whose shape a model judges, in rows. So many windows contain one row.
     *
     * @param provenance provenance of the model
     * @return 0 if it judges no shapes
     */
    public static int longestPeriod(Map<String, String> provenance) {
        if (!Boolean.parseBoolean(provenance.get("shape.used"))) {
            return 0;
        }
        int longest = 0;
        for (String period : provenance.getOrDefault("shape.period", "").split(" ")) {
            longest = period.matches("\\d{1,6}") ? Math.max(longest, Integer.parseInt(period)) : longest;
        }
        return longest;
    }
}
