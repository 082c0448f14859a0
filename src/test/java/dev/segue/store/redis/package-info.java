/** Shows what the Redis room promises, on a real Redis. */
@NullMarked
package dev.segue.store.redis;

import org.jspecify.annotations.NullMarked;
