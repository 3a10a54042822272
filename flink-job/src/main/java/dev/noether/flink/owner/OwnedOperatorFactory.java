package dev.noether.flink.owner;

import dev.noether.flink.config.DetectorConfig;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;

/**
 * Makes an operator whose coordinator holds the ownership of the detector. A job has one such operator.
 *
 * @param <IN> type of the operator's input
 * @param <OUT> type of its output
 */
public final class OwnedOperatorFactory<IN, OUT> extends SimpleOperatorFactory<OUT>
        implements OneInputStreamOperatorFactory<IN, OUT>, CoordinatedOperatorFactory<OUT> {
    private static final long serialVersionUID = 1L;

    private final DetectorConfig config;
    private final OwnerRole role;
    private final String token;

    /**
     * Creates a factory.
     *
     * @param operator the operator
     * @param config configuration of the detector
     * @param role what the job does
     * @param token token of this submission, which {@link OwnerGate} also has
     */
    public OwnedOperatorFactory(
            OneInputStreamOperator<IN, OUT> operator, DetectorConfig config, OwnerRole role, String token) {
        super(operator);
        this.config = config;
        this.role = role;
        this.token = token;
    }

    @Override
    public OperatorCoordinator.Provider getCoordinatorProvider(String name, OperatorID operator) {
        return new OwnerCoordinator.Provider(config, role, token, operator);
    }
}
