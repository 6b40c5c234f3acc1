/** Whether this is the demo build, which carries the simulated GitLab. */
declare const __DEMO__: boolean
/** Whether addresses stand behind `#`, as on a static host that knows no addresses of ours. */
declare const __HASH_ADDRESSES__: boolean
