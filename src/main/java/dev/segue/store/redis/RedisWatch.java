package dev.segue.store.redis;

import dev.segue.keys.KeyRanges;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Hears of changes on a connection of its own, on a thread of its own. */
final class RedisWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisWatch.class);

    private final Jedis jedis;
    private final KeyRanges ranges;
    private final Runnable changed;
    private final CountDownLatch confirmed;
    private volatile boolean ended;
    private volatile boolean closed;
    private volatile @Nullable JedisDataException refusal;

    private RedisWatch(Jedis jedis, KeyRanges ranges, int channels, Runnable changed) {
        this.jedis = jedis;
        this.ranges = ranges;
        this.changed = changed;
        this.confirmed = new CountDownLatch(channels);
    }

    /**
     * Starts to listen, and returns when the server has confirmed or refused that.
     *
     * @param jedis becomes the watch's own
     * @param changed run on each event, and once when the connection breaks
     * @throws JedisConnectionException if the connection breaks before, or {@code limit} is over
     */
    static RedisWatch start(Jedis jedis, KeyRanges ranges, byte[][] channels, Runnable changed, Duration limit) {
        RedisWatch watch = new RedisWatch(jedis, ranges, channels.length, changed);
        Thread thread = new Thread(() -> watch.listen(channels), "redis-watch");
        thread.setDaemon(true);
        thread.start();
        try {
            if (watch.confirmed.await(limit.toMillis(), TimeUnit.MILLISECONDS)
                    && (!watch.ended || watch.refusal != null)) {
                return watch;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        watch.close();
        throw new JedisConnectionException("the server did not confirm the watch");
    }

    /** True while it hears of every change of {@code wanted}, as far as it can know. */
    boolean covers(KeyRanges wanted) {
        return !ended && ranges.equals(wanted);
    }

    /** Why the server does not let us listen; null if it does. */
    @Nullable
    JedisDataException refusal() {
        return refusal;
    }

    private void listen(byte[][] channels) {
        try {
            jedis.psubscribe(new Listener(), channels);
        } catch (JedisDataException e) {
            refusal = e;
        } catch (JedisException e) {
            LOG.debug("redis: the watch ended: {}", e.getMessage());
        } finally {
            ended = true;
            boolean wasWell = confirmed.getCount() == 0;
            while (confirmed.getCount() > 0) {
                confirmed.countDown();
            }
            if (!closed) {
                jedis.close();
            }
            if (!closed && wasWell) {
                changed.run();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        ended = true;
        jedis.close();
    }

    private final class Listener extends BinaryJedisPubSub {
        @Override
        public void onPSubscribe(byte[] pattern, int subscribedChannels) {
            confirmed.countDown();
        }

        @Override
        public void onPMessage(byte[] pattern, byte[] channel, byte[] message) {
            changed.run();
        }
    }
}
