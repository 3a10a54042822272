package dev.noether.flink.scoring;

import java.util.OptionalInt;
import java.util.Set;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.api.common.functions.RuntimeContext;

/** The GPU of a subtask, from the configuration of its task manager. */
public final class SubtaskGpu {
    /** The name under which Flink's configuration lists the GPUs: {@code external-resources: gpu}. */
    public static final String RESOURCE = "gpu";

    private static final String INDEX = "index";

    private SubtaskGpu() {}

    /**
     * Returns the index of the GPU for this subtask; empty if the task manager has none. Flink lists all GPUs of the
     * task manager for each subtask, so this spreads the subtasks over the GPUs.
     *
     * @throws IllegalStateException if a device has no index, or one that is not a number
     */
    public static OptionalInt indexOf(RuntimeContext context) {
        int[] indexes = indexes(context.getExternalResourceInfos(RESOURCE));
        if (indexes.length == 0) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(indexes[context.getTaskInfo().getIndexOfThisSubtask() % indexes.length]);
    }

    private static int[] indexes(Set<ExternalResourceInfo> devices) {
        return devices.stream().mapToInt(SubtaskGpu::index).sorted().toArray();
    }

    private static int index(ExternalResourceInfo device) {
        String index = device.getProperty(INDEX)
                .orElseThrow(() -> new IllegalStateException("a GPU of this task manager has no `" + INDEX
                        + "`; it has " + device.getKeys() + ": is its driver factory Flink's GPUDriverFactory?"));
        try {
            return Integer.parseInt(index.strip());
        } catch (NumberFormatException e) {
            throw new IllegalStateException("a GPU's `" + INDEX + "` must be a number (got " + index + ")", e);
        }
    }
}
